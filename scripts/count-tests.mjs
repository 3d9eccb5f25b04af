// Prints the test runner's counts: `N passed, N failed, N skipped`.
import { readFileSync } from 'node:fs';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = results.numPendingTests + (results.numTodoTests ?? 0);
// A test file that could not be loaded has no tests that could fail, so it counts as one failure.
const unloaded = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
console.log(`${results.numPassedTests} passed, ${results.numFailedTests + unloaded} failed, ${skipped} skipped`);
