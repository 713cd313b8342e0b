/* Power loss, simulated: a library to preload (LD_PRELOAD) that keeps a second copy of a folder in which only
 * what was fsynced stands. When the process has been killed, the second copy is what a disk would hold after
 * the power went: every write that no fsync covered is gone.
 *
 * POWER_LOSS_FROM names the folder, POWER_LOSS_TO the copy. A file appears in the copy at its first fsync;
 * renames and removals take effect at once (a journaling file system keeps their order). Memory-mapped writes
 * are not followed: SQLite maps only its shared-memory index, which is rebuilt after a crash. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>


static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static const char *from(void) { return getenv("POWER_LOSS_FROM"); }

/* The path of a descriptor, if it lies in the folder. */
static int path_of(int fd, char *out) {
    char link[64];
    const char *folder = from();
    if (!folder) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, out, PATH_MAX - 1);
    if (n <= 0) return 0;
    out[n] = 0;
    return strncmp(out, folder, strlen(folder)) == 0 && !strstr(out, "-shm");
}

static int copy_path(const char *path, char *out) {
    const char *folder = from(), *to = getenv("POWER_LOSS_TO");
    if (!folder || !to || strncmp(path, folder, strlen(folder)) != 0) return 0;
    snprintf(out, PATH_MAX, "%s%s", to, path + strlen(folder));
    return 1;
}

static void make_parents(char *path) {
    for (char *p = path + 1; *p; p++) {
        if (*p == '/') {
            *p = 0;
            mkdir(path, 0777);
            *p = '/';
        }
    }
}

/* Byte ranges written since the last fsync of a file, by path. */
struct range { char *path; off_t at; size_t len; struct range *next; };
static struct range *dirty;

static void note(int fd, off_t at, size_t len) {
    char path[PATH_MAX];
    if (len == 0 || !path_of(fd, path)) return;
    struct range *r = malloc(sizeof *r);
    r->path = strdup(path);
    r->at = at;
    r->len = len;
    pthread_mutex_lock(&lock);
    r->next = dirty;
    dirty = r;
    pthread_mutex_unlock(&lock);
}

/* After the real fsync: the dirty ranges of the file, and its length, reach the copy. */
static void settle(int fd) {
    char path[PATH_MAX], copy[PATH_MAX], buffer[65536];
    struct stat st;
    if (!path_of(fd, path) || !copy_path(path, copy) || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) return;
    make_parents(copy);
    pthread_mutex_lock(&lock);
    int in = REAL(open)(path, O_RDONLY), out = REAL(open)(copy, O_RDWR | O_CREAT, 0600);
    struct range **link = &dirty;
    while (in >= 0 && out >= 0 && *link) {
        struct range *r = *link;
        if (strcmp(r->path, path) != 0) {
            link = &r->next;
            continue;
        }
        for (size_t done = 0; done < r->len;) {
            size_t want = r->len - done < sizeof buffer ? r->len - done : sizeof buffer;
            ssize_t n = pread(in, buffer, want, r->at + (off_t)done);
            if (n <= 0) break;
            if (REAL(pwrite)(out, buffer, (size_t)n, r->at + (off_t)done) != n) abort();
            done += (size_t)n;
        }
        *link = r->next;
        free(r->path);
        free(r);
    }
    if (out >= 0 && REAL(ftruncate)(out, st.st_size) != 0) abort();
    if (in >= 0) close(in);
    if (out >= 0) close(out);
    pthread_mutex_unlock(&lock);
}

ssize_t write(int fd, const void *b, size_t n) {
    off_t at = -1;
    char path[PATH_MAX];
    int ours = path_of(fd, path);
    if (ours) at = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(write)(fd, b, n);
    if (ours && done > 0 && at >= 0) note(fd, at, (size_t)done);
    return done;
}
ssize_t writev(int fd, const struct iovec *v, int c) {
    off_t at = (fcntl(fd, F_GETFL) & O_APPEND) ? lseek(fd, 0, SEEK_END) : lseek(fd, 0, SEEK_CUR);
    ssize_t done = REAL(writev)(fd, v, c);
    if (done > 0 && at >= 0) note(fd, at, (size_t)done);
    return done;
}
ssize_t pwrite(int fd, const void *b, size_t n, off_t at) {
    ssize_t done = REAL(pwrite)(fd, b, n, at);
    if (done > 0) note(fd, at, (size_t)done);
    return done;
}
ssize_t pwrite64(int fd, const void *b, size_t n, off64_t at) {
    ssize_t done = REAL(pwrite64)(fd, b, n, at);
    if (done > 0) note(fd, at, (size_t)done);
    return done;
}
int fsync(int fd) {
    int done = REAL(fsync)(fd);
    if (done == 0) settle(fd);
    return done;
}
int fdatasync(int fd) {
    int done = REAL(fdatasync)(fd);
    if (done == 0) settle(fd);
    return done;
}
int rename(const char *a, const char *b) {
    char ca[PATH_MAX], cb[PATH_MAX];
    int done = REAL(rename)(a, b);
    if (done == 0 && copy_path(a, ca) && copy_path(b, cb)) REAL(rename)(ca, cb);
    return done;
}
int unlink(const char *a) {
    char ca[PATH_MAX];
    int done = REAL(unlink)(a);
    if (done == 0 && copy_path(a, ca)) REAL(unlink)(ca);
    return done;
}
