import { number } from '../../engine/report/words';
import { workloads } from '../../engine/workload/registry';
import { EXIT, type Command } from '../command';

export const workloadsCommand: Command = {
  name: 'workloads',
  summary: 'list the workloads',
  options: { json: { summary: 'print them as JSON' } },
  run(line, { terminal }) {
    const infos = workloads.map((workload) => workload.info);
    if (line.has('json')) terminal.out(`${JSON.stringify(infos, null, 2)}\n`);
    else {
      for (const { name, kind, summary, exercises, size } of infos) {
        const range = `${number(size.min)} to ${number(size.max)}, default ${number(size.default)}`;
        terminal.out(`${name.padEnd(9)} ${kind.padEnd(6)} ${summary}\n${' '.repeat(17)}exercises: ${exercises}\n${' '.repeat(17)}size: ${size.meaning}, ${range}\n`);
      }
    }
    return Promise.resolve(EXIT.done);
  },
};
