// Tells which changes of a mutation report no test notices. Arguments: the report (JSON of mutation-testing-elements), the list of equal changes, the least percentage.
import { readFileSync } from "node:fs";

const [report, equals, least] = process.argv.slice(2);
const equal = new Set(
  readFileSync(equals, "utf8").split("\n").filter((line) => line.trim() && !line.startsWith("#")).map((line) => line.split(" | ").slice(0, 2).join(" | ")));
const used = new Set();
let noticed = 0;
const unnoticed = [];
for (const [path, file] of Object.entries(JSON.parse(readFileSync(report, "utf8")).files)) {
  const name = path.replaceAll("\\", "/").replace(/^.*?(?=(Rules|Matters)\/)/, "");
  for (const mutant of file.mutants) {
    const change = mutant.replacement?.replace(/\s+/g, " ") ?? mutant.mutatorName;
    const key = `${name} | ${change}`;
    if (mutant.status === "Killed" || mutant.status === "Timeout") {
      noticed++;
    } else if (mutant.status === "Survived" || mutant.status === "NoCoverage") {
      if (equal.has(key)) {
        used.add(key);
      } else {
        unnoticed.push({ name, line: mutant.location.start.line, change, reached: mutant.status === "Survived" });
      }
    }
  }
}

const total = noticed + unnoticed.length;
if (noticed === 0 && total > 0) {
  console.log(`None of ${total} changes was noticed: the tests did not run against them.`);
  process.exit(2);
}

for (const one of unnoticed) {
  const change = one.change.length > 140 ? `${one.change.slice(0, 139)}…` : one.change;
  console.log(`${one.name}:${one.line}: ${one.reached ? "" : "(no test gets here) "}${change}`);
}

const share = total === 0 ? 100 : (100 * noticed) / total;
console.log(`${noticed} of ${total} changes noticed (${share.toFixed(1)} %; ${used.size} more mean the same)`);
process.exit(share >= Number(least) ? 0 : 1);
