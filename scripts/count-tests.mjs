// Names the tests that failed and what they said, then prints the test runner's counts: `N passed, N failed, N skipped`.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const results = JSON.parse(readFileSync(process.argv[2], 'utf8'));
const skipped = results.numPendingTests + (results.numTodoTests ?? 0);
// A test file that could not be loaded has no tests that could fail, so it counts as one failure.
const unloaded = results.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0);

const firstLines = (message = '') => message.split('\n').slice(0, 8).join('\n  ');
for (const { name, assertionResults } of results.testResults) {
  for (const test of assertionResults.filter(({ status }) => status === 'failed')) {
    console.log(`failed: ${relative('.', name)}: ${test.fullName}\n  ${firstLines(test.failureMessages[0])}`);
  }
}
for (const { name, message } of unloaded) console.log(`not loaded: ${relative('.', name)}\n  ${firstLines(message)}`);
console.log(`${results.numPassedTests} passed, ${results.numFailedTests + unloaded.length} failed, ${skipped} skipped`);
