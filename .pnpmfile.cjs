// `pnpm --filter trainer start …` prints what the app prints and nothing else: no banner on standard output, no block of pnpm's own behind
// the app's error. Every other command of pnpm reports as usual.
const starts = process.argv.slice(2).includes('start');

module.exports = { hooks: { updateConfig: (config) => (starts ? { ...config, reporter: 'silent' } : config) } };
