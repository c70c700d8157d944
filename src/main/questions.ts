import type { MessageBoxOptions } from 'electron';
import { spelledOut } from '../contract';

/** The message boxes of the desktop; in each, the first button is the one that goes on. */
export const END_RUN: MessageBoxOptions = {
  type: 'question',
  title: 'Coreloom',
  message: 'A measurement is in progress. Stop it and close Coreloom?',
  detail: 'Its report will be saved.',
  buttons: ['Stop and close', 'Keep running'],
  defaultId: 0,
  cancelId: 1,
  noLink: true,
};

export const PAGE_HANGS: MessageBoxOptions = {
  type: 'warning',
  title: 'Coreloom',
  message: 'The page is not responding. Reload it?',
  detail: 'A measurement in progress continues.',
  buttons: ['Reload', 'Wait'],
  defaultId: 1,
  cancelId: 1,
  noLink: true,
};

export function reportLost(sentence: string): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'Coreloom',
    message: 'The last report is not saved. Close Coreloom without it?',
    detail: `${sentence} Choose Stay to export it to another place.`,
    buttons: ['Close without it', 'Stay'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
}

export function notExported(sentence: string): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'Coreloom',
    message: 'The report was not exported.',
    detail: sentence,
    buttons: ['OK'],
    noLink: true,
  };
}

export function trustModule(path: string): MessageBoxOptions {
  return {
    type: 'question',
    title: 'Coreloom',
    message: 'Trust this module and run it?',
    detail: `${spelledOut(path)}\n\nIts code can do anything that you can do, including reading, changing and sending your files. Coreloom asks once per file until you quit.`,
    buttons: ['Trust and run', 'Cancel'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  };
}

export function notOpened(sentence: string): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'Coreloom',
    message: 'The module was not opened.',
    detail: sentence,
    buttons: ['OK'],
    noLink: true,
  };
}
