"""Where a worker's files live: in the folder of the run, which Node made, told with each task, and removes."""
import os
import shutil
import threading


def make(run_folder):
    """
    The folder `<pid>-p<thread>` of this worker, made where it is not there. Only ever in the run's, which this user alone
    can enter: were that gone, somebody else could have made one of its name.
    """
    folder = os.path.join(run_folder, "%d-p%d" % (os.getpid(), threading.get_ident()))
    try:
        os.mkdir(folder, 0o700)
    except FileExistsError:
        pass
    except OSError as error:
        raise OSError(error.errno, "The folder %s for the files of tasks cannot be created: do not change the run’s folder until the run ends" % folder) from error
    return folder


def remove(folder):
    """Removes a worker's folder. Never raises."""
    if folder is not None:
        shutil.rmtree(folder, ignore_errors=True)
