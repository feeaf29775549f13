import type { Metered } from './processes.ts';

/** Loaded before a program that is measured (`--import`): tells whoever started it what it has used so far. */

process.on('message', (message) => {
  if (message !== 'measure') return;
  const { user, system } = process.cpuUsage();
  const used: Metered = { cpu: user + system, rss: process.resourceUsage().maxRSS * 1024 };
  process.send?.(used);
});
process.channel?.unref(); // being asked is no reason to live on
