/** `npm run soak -- [operations] [seed] [people] [minutes]`: many people, all faults, and what came of it. On MongoDB where MONGODB_URI is set. */
import { type Plan, soak } from './run.js';

const uri = process.env.MONGODB_URI;
const plan: Plan = {
  operations: Number(process.argv[2] ?? 1000),
  seed: Number(process.argv[3] ?? 1),
  people: Number(process.argv[4] ?? 500),
  minutes: Number(process.argv[5] ?? 40),
  profiles: 40,
  together: 8,
  skews: uri ? [0, 12, 25] : [0],
  ...(uri ? { uri } : {}),
};
const result = await soak(plan);
const row = (number: number, what: string) => `${number.toLocaleString('en-GB').padStart(9)}  ${what}`;
const mib = (bytes: number) => Math.round(bytes / 1024 / 1024);
const wrong = {
  'profiles that are not what people were told': result.wrongState,
  'histories that lack something or have it twice': result.wrongHistory,
  'people who were not told of what was shared with them, or of an invitation': result.wrongNotices,
  'posts twice, there though undone, or nowhere without a word': result.wrongPosts,
  'people who saw what is not for them': result.tally.seenWrongly,
  'owners who only just came, and were held back or were not, against the rule': result.tally.heldWrongly,
  'people who said something and heard nothing, or met what nobody expects': result.silent,
  'places with a token or secret of a network': result.leaks,
};
process.stdout.write(
  [
    row(
      result.operations,
      `operations by ${plan.people} people, ${plan.together} at once, with ${plan.profiles} profiles`,
    ),
    row(plan.skews.length, uri ? 'processes over one database, up to 25 s apart' : 'process over files'),
    ...Object.entries(result.tally.done).map(([name, number]) => row(number, `done: ${name}`)),
    row(
      result.faults,
      `faults, among them ${result.kills} processes killed and ${result.cuts} cuts of the line to the store`,
    ),
    row(result.doubled, `deliveries came twice; ${result.retried} were tried at another process`),
    row(result.unsure, 'profiles of which somebody was told that it is not known whether something was done'),
    row(result.toldAgain, 'were told once more, by a process that did not know that one which died had told them'),
    row(result.out, 'posts went out'),
    row(result.toldWhy, 'posts did not, and their authors were told why'),
    row(mib(result.startRss), `MiB at the start, ${mib(result.endRss)} at the end`),
    ...Object.entries(wrong).map(([what, list]) => row(list.length, what)),
    row(result.waiting, 'entries left in outboxes'),
    ...Object.values(wrong).flatMap((list) => list.slice(0, 20).map((one) => `           ${one}`)),
    `(${result.seconds.toFixed(0)} s, seed ${plan.seed})`,
    '',
  ].join('\n'),
);
const isWrong = result.waiting + Object.values(wrong).flat().length > 0 || result.toldAgain > result.kills;
if (isWrong) process.exitCode = 1;
