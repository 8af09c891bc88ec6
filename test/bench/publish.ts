/** `npm run bench:publish -- [posts]`: many posts in several processes under the full dial, with kills, and what came of them. */
import { runPosts } from './publishRun.js';

// The kit of the contract tests says at the end which stores were left out; there is no end of tests here.
const posts = Number(process.argv[2] ?? 1000);
const count = await runPosts({ posts, tenants: 10, processes: 3, seed: Number(process.argv[3] ?? 1) });
const row = (number: number, what: string) => `${number.toLocaleString('en-GB').padStart(9)}  ${what}`;
process.stdout.write(
  [
    row(
      count.posts,
      `posts in 10 organisations, by 3 processes on ${process.env.MONGODB_URI ? 'MongoDB' : 'the embedded store'}`,
    ),
    row(count.faults, 'times the dial was turned'),
    row(count.kills, 'processes killed at their work'),
    row(count.undone, 'undone in time'),
    row(count.freezes, 'freezes while posts were on their way'),
    ...Object.entries(count.ends).map(([state, number]) => row(number, `ended as ${state}`)),
    row(count.cutAndLost, 'of these cut by the network and their answer lost: the card says to look'),
    row(count.twice, 'there twice'),
    row(count.untrue, 'whose card does not tell what is there'),
    row(count.undoneButThere, 'undone, and there all the same'),
    row(count.frozenButSent, 'sent after the answer "frozen", and not named by it'),
    ...count.odd.map((one) => `           ${one}`),
    `(${count.seconds.toFixed(1)} s, ${Math.round(count.posts / count.seconds)} posts a second)`,
    '',
  ].join('\n'),
);
if (count.twice + count.untrue + count.undoneButThere + count.frozenButSent > 0) process.exitCode = 1;
