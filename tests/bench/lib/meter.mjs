/**
 * Loaded before a program that is measured (`--import`): tells whoever started it what it has used so far, as `Metered` of
 * processes.ts. Not in TypeScript, or what strips the types would be measured, too.
 */

process.on('message', (message) => {
  if (message !== 'measure') return;
  const { user, system } = process.cpuUsage();
  process.send?.({ cpu: user + system, rss: process.resourceUsage().maxRSS * 1024 });
});
process.channel?.unref(); // being asked is no reason to live on
