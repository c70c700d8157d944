import type { MessageBoxOptions } from 'electron';
import { spelledOut } from '../contract';

/** The message boxes of the desktop; in each, the first button is the one that goes on. */
export const END_RUN: MessageBoxOptions = {
  type: 'question',
  title: 'Coreloom',
  message: 'A run is on. End it and close Coreloom?',
  detail: 'The run ends cleanly and its report is kept.',
  buttons: ['End the run', 'Keep running'],
  defaultId: 0,
  cancelId: 1,
  noLink: true,
};

export const PAGE_HANGS: MessageBoxOptions = {
  type: 'warning',
  title: 'Coreloom',
  message: 'The page does not respond. Load it again?',
  detail: 'A run that is on goes on meanwhile.',
  buttons: ['Load it again', 'Wait'],
  defaultId: 1,
  cancelId: 1,
  noLink: true,
};

export function reportLost(sentence: string): MessageBoxOptions {
  return {
    type: 'warning',
    title: 'Coreloom',
    message: 'The last report is not saved. Close Coreloom without it?',
    detail: `${sentence} Stay to export it elsewhere.`,
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
    message: 'Trust this file and run it?',
    detail: `${spelledOut(path)}\n\nIts code can do whatever you can: read, change and send your files. You are asked once for each file until Coreloom ends.`,
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
