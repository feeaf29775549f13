/** What the sample company repairs, with what, and how its customers put it. Prices in fen. */

export const WORK_TYPES = [
  { code: 'minor', name: '小修', standardFee: 8_000, standardMinutes: 40 },
  { code: 'medium', name: '中修', standardFee: 15_000, standardMinutes: 90 },
  { code: 'major', name: '大修', standardFee: 28_000, standardMinutes: 180 },
  { code: 'install', name: '安装', standardFee: 20_000, standardMinutes: 120 },
  { code: 'clean', name: '清洗保养', standardFee: 10_000, standardMinutes: 60 },
] as const;

export const SUPPLIERS = [
  { name: '华东制冷配件', phone: '021-55550101' },
  { name: '宏达家电配件', phone: '021-55550202' },
] as const;

export const STORES = [
  { name: '苏宁静安店', kind: 'store' },
  { name: '国美徐汇店', kind: 'store' },
  { name: '百联商场', kind: 'mall' },
  { name: '永盛电器经销', kind: 'dealer' },
] as const;

export const WAREHOUSES = [
  { code: 'PJ', name: '配件主库', kind: 'parts', holder: '' },
  { code: 'JS', name: '技师随车库', kind: 'technician', holder: 'T01' },
  { code: 'JJ', name: '旧件库', kind: 'recovered-parts', holder: '' },
  { code: 'BJ', name: '备用机库', kind: 'loan-units', holder: '' },
] as const;

/** number, name, unit of measure, sale price, buying price, pieces bought first */
export const PARTS = [
  ['CAP-35', '空调启动电容 35μF', '个', 4_500, 1_600, 60],
  ['CAP-50', '空调启动电容 50μF', '个', 5_200, 1_900, 40],
  ['PCB-KT', '空调内机主板', '块', 32_000, 17_500, 12],
  ['R32-KG', '制冷剂 R32', '千克', 12_000, 6_300, 35],
  ['FAN-WJ', '空调外机风扇电机', '台', 26_000, 14_800, 10],
  ['PUMP-XY', '洗衣机排水泵', '个', 8_800, 3_900, 45],
  ['BELT-XY', '洗衣机皮带', '条', 3_500, 900, 70],
  ['VALVE-XY', '洗衣机进水阀', '个', 6_800, 2_700, 50],
  ['PCB-XY', '洗衣机电脑板', '块', 29_000, 16_000, 9],
  ['TEMP-BX', '冰箱温控器', '个', 7_600, 3_100, 40],
  ['SEAL-BX', '冰箱门封条', '条', 9_800, 4_200, 30],
  ['COMP-BX', '冰箱压缩机', '台', 58_000, 36_000, 6],
  ['HEAT-RS', '热水器加热管', '根', 11_500, 5_100, 35],
  ['ROD-RS', '热水器镁棒', '根', 4_800, 1_300, 65],
  ['IGN-YJ', '油烟机点火针', '个', 2_600, 600, 90],
  ['MOTOR-YJ', '油烟机电机', '台', 21_000, 11_900, 11],
  ['BACK-TV', '电视背光灯条', '套', 13_500, 6_400, 25],
  ['PSU-TV', '电视电源板', '块', 18_800, 9_700, 14],
  ['BAT-SL', '扫地机器人电池', '块', 19_900, 10_500, 16],
  ['FUSE-10', '保险管 10A', '只', 300, 40, 300],
] as const;

/** By the end of a part's number: what it is for. */
export const PART_CATEGORIES: Readonly<Record<string, string>> = {
  KT: '空调',
  WJ: '空调',
  XY: '洗衣机',
  BX: '冰箱',
  RS: '热水器',
  YJ: '油烟机',
  TV: '电视',
};

/** Parts whose old one must come back: within so many days, or so many fen are owed. */
export const OLD_PARTS: Readonly<Record<string, Readonly<{ days: number; amount: number }>>> = {
  'PCB-KT': { days: 14, amount: 8_000 },
  'PCB-XY': { days: 14, amount: 8_000 },
  'COMP-BX': { days: 20, amount: 15_000 },
  'MOTOR-YJ': { days: 20, amount: 5_000 },
};

/** Each piece has a serial number of its own. */
export const TRACKED_PART = { number: 'INV-KT', name: '空调变频模块', measure: '块', salePrice: 46_000, cost: 27_500 };

type SampleDevice = Readonly<{
  category: string;
  brands: readonly string[];
  models: readonly string[];
  symptoms: readonly string[];
  /** fault, cause, what was done, parts by number */
  repairs: ReadonlyArray<readonly [fault: string, cause: string, action: string, parts: readonly string[]]>;
  accessories: readonly string[];
  isOnSite: boolean;
}>;

export const DEVICES: readonly SampleDevice[] = [
  {
    category: '空调',
    brands: ['格力', '美的', '海尔', 'Daikin'],
    models: ['KFR-26GW', 'KFR-35GW', 'KFR-50LW', 'FTXR236'],
    symptoms: ['不制冷', '外机响声大', '漏水', '开机几分钟就停', '遥控没反应'],
    repairs: [
      ['启动电容失效', '老化', '更换电容', ['CAP-35']],
      ['缺制冷剂', '接口渗漏', '查漏补焊并加注', ['R32-KG']],
      ['内机主板损坏', '电压不稳', '更换主板', ['PCB-KT', 'FUSE-10']],
      ['外机风扇电机卡死', '轴承磨损', '更换电机', ['FAN-WJ', 'CAP-50']],
    ],
    accessories: ['遥控器'],
    isOnSite: true,
  },
  {
    category: '洗衣机',
    brands: ['海尔', '小天鹅', 'Siemens', '松下'],
    models: ['EG100', 'TB80V', 'WM12P', 'XQB90'],
    symptoms: ['不排水', '脱水时晃动厉害', '不进水', '显示 E3', '门打不开'],
    repairs: [
      ['排水泵堵塞损坏', '异物', '更换排水泵', ['PUMP-XY']],
      ['皮带松脱', '老化', '更换皮带', ['BELT-XY']],
      ['进水阀不吸合', '水垢', '更换进水阀', ['VALVE-XY']],
      ['电脑板故障', '受潮', '更换电脑板', ['PCB-XY']],
    ],
    accessories: [],
    isOnSite: true,
  },
  {
    category: '冰箱',
    brands: ['海尔', '容声', 'Bosch', '美菱'],
    models: ['BCD-470', 'BCD-252', 'KGN36', 'BCD-518'],
    symptoms: ['冷藏室不凉', '一直不停机', '门关不严', '底部漏水'],
    repairs: [
      ['温控器失灵', '触点烧蚀', '更换温控器', ['TEMP-BX']],
      ['门封变形', '老化', '更换门封条', ['SEAL-BX']],
      ['压缩机不启动', '绕组断路', '更换压缩机', ['COMP-BX', 'R32-KG']],
    ],
    accessories: [],
    isOnSite: true,
  },
  {
    category: '热水器',
    brands: ['A.O.史密斯', '美的', '万和'],
    models: ['EWH-60', 'F60-21', 'JSQ25'],
    symptoms: ['不加热', '漏电跳闸', '水有异味', '点不着火'],
    repairs: [
      ['加热管击穿', '水垢', '更换加热管', ['HEAT-RS', 'ROD-RS']],
      ['镁棒耗尽', '到期', '更换镁棒', ['ROD-RS']],
      ['点火针积碳', '燃烧不充分', '更换点火针', ['IGN-YJ']],
    ],
    accessories: [],
    isOnSite: true,
  },
  {
    category: '油烟机',
    brands: ['方太', '老板', '华帝'],
    models: ['CXW-258', 'CXW-260', 'JCD9'],
    symptoms: ['吸力小', '噪音大', '灯不亮', '按键失灵'],
    repairs: [
      ['电机老化', '油污', '更换电机', ['MOTOR-YJ']],
      ['风道油污', '久未清洗', '拆洗', []],
    ],
    accessories: [],
    isOnSite: true,
  },
  {
    category: '电视',
    brands: ['海信', 'TCL', 'Sony', '小米'],
    models: ['55E5K', '65V6E', 'KD-55X80', 'L55M7'],
    symptoms: ['有声音没图像', '屏幕闪', '不开机', '自动重启'],
    repairs: [
      ['背光灯条损坏', '老化', '更换灯条', ['BACK-TV']],
      ['电源板故障', '电容鼓包', '更换电源板', ['PSU-TV', 'FUSE-10']],
    ],
    accessories: ['遥控器', '电源线', '底座'],
    isOnSite: false,
  },
  {
    category: '扫地机器人',
    brands: ['石头', '科沃斯', 'iRobot'],
    models: ['T8', 'X1', 'i7'],
    symptoms: ['充不进电', '原地打转', '不吸尘', '连不上网'],
    repairs: [
      ['电池衰减', '到期', '更换电池', ['BAT-SL']],
      ['激光头脏污', '灰尘', '清洁校准', []],
    ],
    accessories: ['充电座', '尘盒'],
    isOnSite: false,
  },
];

export const FAMILY_NAMES = [
  '王',
  '李',
  '张',
  '刘',
  '陈',
  '杨',
  '赵',
  '黄',
  '周',
  '吴',
  '徐',
  '孙',
  '胡',
  '朱',
  '高',
  '林',
  '何',
  '郭',
  '马',
  '罗',
] as const;
export const GIVEN_NAMES = [
  '伟',
  '芳',
  '娜',
  '敏',
  '静',
  '强',
  '磊',
  '洋',
  '艳',
  '勇',
  '军',
  '杰',
  '涛',
  '明',
  '超',
  '秀英',
  '建华',
  '丽华',
  '志刚',
  '晓东',
  '雪梅',
  '国庆',
] as const;
export const STREETS = [
  '南京西路',
  '淮海中路',
  '延安西路',
  '虹桥路',
  '肇嘉浜路',
  '漕溪北路',
  '天目西路',
  '江宁路',
  '愚园路',
  '长寿路',
] as const;

export const RULES = [
  { code: 'LB-10', component: 'labour', rateBp: 1_800, amount: null, conditions: {} },
  { code: 'LB-A', component: 'labour', rateBp: 2_200, amount: null, conditions: { grade: 'A' } },
  { code: 'LB-MAJOR', component: 'labour', rateBp: 2_500, amount: null, workType: 'major', conditions: {} },
  { code: 'PM-15', component: 'part_margin', rateBp: 1_500, amount: null, conditions: {} },
  {
    code: 'JOB-INSTALL',
    component: 'per_job',
    rateBp: null,
    amount: 2_000,
    conditions: { serviceMode: 'installation' },
  },
] as const;

export const TIER_RULE = {
  code: 'TIER-LB',
  component: 'monthly_tier',
  measure: 'labour_base',
  mode: 'progressive',
  tiers: [
    { from: 600_000, rateBp: 200 },
    { from: 1_000_000, rateBp: 400 },
  ],
} as const;

export const DEADLINE_RULES = [
  { code: 'DL-URGENT', urgency: 'urgent', limitMinutes: 570, graceMinutes: 60, unitMinutes: 60, amountPerUnit: 500 },
  {
    code: 'DL-NORMAL',
    urgency: 'normal',
    limitMinutes: 2_850,
    graceMinutes: 240,
    unitMinutes: 570,
    amountPerUnit: 500,
  },
] as const;

/** Working hours as the sample's people keep them; fen. */
export const TERMS = {
  workingHours: { days: [1, 2, 3, 4, 5, 6, 7], from: 510, to: 1080 },
  satisfaction: {
    perOrder: { very_satisfied: 500, dissatisfied: -2_000 },
    monthly: { threshold: 60, pointAmount: 500 },
  },
  rework: { days: 30, clawbackBp: 5_000 },
  deductionCapBp: 2_000,
} as const;

/** code, name, category, reward or penalty, fen */
export const PAY_ITEMS = [
  ['ITEM-THANKS', '客户表扬', 'attitude', 'reward', 5_000],
  ['ITEM-SKILL', '疑难故障攻关', 'skill', 'reward', 10_000],
  ['ITEM-LATE', '预约迟到', 'timeliness', 'penalty', 3_000],
  ['ITEM-TIDY', '作业后未清理现场', 'attitude', 'penalty', 2_000],
] as const;
