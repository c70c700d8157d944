// Run by overhead.mjs: the least that a forked process can be and still answer.
process.on('message', (one) => process.send(one));
