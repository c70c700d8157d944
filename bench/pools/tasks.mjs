// The tasks that every contender runs; this is also the module that Coreloom's own workers load.
const kinds = {
  echo: (value) => value,
  spin: (ms) => {
    const end = performance.now() + ms;
    while (performance.now() < end);
    return ms;
  },
};

export const run = ({ kind, value }) => kinds[kind](value);
export default run;
