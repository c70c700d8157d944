import { asJson, number } from '../../contract';
import { EXIT, type Command } from '../command';
import { engineDoor } from '../doors';

export const workloadsCommand: Command = {
  name: 'workloads',
  summary: 'list the workloads',
  options: { json: { summary: 'print them as JSON' } },
  async run(line, { terminal }) {
    const { workloads } = await engineDoor();
    const infos = workloads.map((workload) => workload.info);
    if (line.has('json')) terminal.out(`${asJson(infos, 2)}\n`);
    else {
      for (const { name, kind, summary, exercises, size, settings } of infos) {
        const range = `${number(size.min)} to ${number(size.max)}, default ${number(size.default)}`;
        terminal.out(
          `${name.padEnd(15)} ${kind.padEnd(6)} ${summary}\n${' '.repeat(23)}exercises: ${exercises}\n${' '.repeat(23)}size: ${size.meaning}, ${range}\n`,
        );
        for (const { name: setting, meaning, min, max, default: usual } of settings) {
          terminal.out(
            `${' '.repeat(23)}--set ${setting}=N: ${meaning}, ${number(min)} to ${number(max)}, default ${number(usual)}\n`,
          );
        }
      }
    }
    return EXIT.done;
  },
};
