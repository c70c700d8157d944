/** Start-up and memory, each contender in a process of its own. */
export async function measureStarts() {
  return null;
}
