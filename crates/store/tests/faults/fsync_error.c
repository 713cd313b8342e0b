/* A disk whose fsync fails, simulated: a library to preload (LD_PRELOAD). After FSYNC_FAILS_AFTER calls of fsync
 * or fdatasync on files in the folder FSYNC_FAILS_IN, each later one writes nothing to the disk and returns EIO. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long calls;

static int fails(int fd) {
    const char *folder = getenv("FSYNC_FAILS_IN"), *after = getenv("FSYNC_FAILS_AFTER");
    char link[64], path[PATH_MAX];
    if (!folder || !after) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, PATH_MAX - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    if (strncmp(path, folder, strlen(folder)) != 0) return 0;
    return atomic_fetch_add(&calls, 1) >= atol(after);
}

static int sync_with(const char *name, int fd) {
    if (fails(fd)) {
        errno = EIO;
        return -1;
    }
    return ((int (*)(int))dlsym(RTLD_NEXT, name))(fd);
}

int fsync(int fd) { return sync_with("fsync", fd); }
int fdatasync(int fd) { return sync_with("fdatasync", fd); }
