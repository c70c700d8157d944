/** The parts of systeminformation that are used: its index loads all of it, which takes a sampler 40 ms at each start. */
declare module 'systeminformation/lib/cpu.js' {
  export { cpu, cpuTemperature, currentLoad } from 'systeminformation';
}
declare module 'systeminformation/lib/osinfo.js' {
  export { osInfo } from 'systeminformation';
}
