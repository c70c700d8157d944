// Run by Electron: says which versions it is made of, once it is ready to show a window.
import { app } from 'electron';

app.setPath('userData', process.env.CORELOOM_HOME);
app.whenReady().then(() => process.stdout.write(`${JSON.stringify(process.versions)}\n`, () => app.exit(0)));
