import { asJson } from '../../contract';
import { EXIT, type Command } from '../command';
import { engineDoor, reportsDoor } from '../doors';

export const machineCommand: Command = {
  name: 'machine',
  summary: 'show this machine: processor, limits, memory, versions',
  options: { json: { summary: 'print it as JSON' } },
  async run(line, { terminal, openEngine }) {
    const { inProcessClient } = await engineDoor();
    const engine = await openEngine('terminal');
    try {
      const { machine } = await inProcessClient(engine).call('getState', null);
      const { machineRows } = await reportsDoor();
      const rows = machineRows(machine);
      const width = Math.max(...rows.map(([label]) => label.length));
      const text = rows.map(([label, value]) => `${label.padEnd(width)}  ${value}\n`).join('');
      terminal.out(line.has('json') ? `${asJson(machine, 2)}\n` : text);
      return EXIT.done;
    } finally {
      await engine.close();
    }
  },
};
