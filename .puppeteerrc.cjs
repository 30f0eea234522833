// `npm install` must work where browser downloads are blocked: the browser is found, or installed, by scripts/chromium.mjs.
const { join } = require('node:path');

module.exports = { skipDownload: true, cacheDirectory: join(__dirname, '.cache', 'puppeteer') };
