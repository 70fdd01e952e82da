// Preloaded into a program, it stands between it and the kernel: every system call that changes something below one folder
// is written down before it is made, and one of them can be made to fail, or be the last.
//
// A filter in the kernel (seccomp) turns these calls into a signal, whose handler makes them. So none is missed, whether it
// goes through the C library or not. The handler's own calls pass the filter by a mark in an argument that they don't use.
//
// WITNESS_FOLDER  what is below it is watched
// WITNESS_LOG     where calls are written down, one a line, and between them what the program prints and answers
// WITNESS_STEP    the number of a call, from 1
// WITNESS_DOES    what befalls that call: the process is killed `before` or `after` it; or a number, the error it ends with

#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <ucontext.h>
#include <unistd.h>

#define MARK 0x5eedfeedU

// What a call is about: the path in one of its arguments, or the open file in the first.
enum { NO_PATH = -1 };

static const struct watched {
    long number;
    const char *word;
    int path, target;
} watched[] = {
    {SYS_openat, "open", 1, NO_PATH},
    {SYS_mkdirat, "folder", 1, NO_PATH},
    {SYS_renameat2, "rename", 1, 3},
    {SYS_unlinkat, "remove", 1, NO_PATH},
    {SYS_fchmodat, "mode", 1, NO_PATH},
#ifdef SYS_renameat
    {SYS_renameat, "rename", 1, 3},
#endif
#ifdef SYS_open
    {SYS_open, "open", 0, NO_PATH},
    {SYS_creat, "open", 0, NO_PATH},
    {SYS_mkdir, "folder", 0, NO_PATH},
    {SYS_rename, "rename", 0, 1},
    {SYS_unlink, "remove", 0, NO_PATH},
    {SYS_chmod, "mode", 0, NO_PATH},
#endif
    {SYS_write, "write", NO_PATH, NO_PATH},
    {SYS_pwrite64, "write", NO_PATH, NO_PATH},
    {SYS_writev, "write", NO_PATH, NO_PATH},
    {SYS_fsync, "sync", NO_PATH, NO_PATH},
    {SYS_fdatasync, "sync", NO_PATH, NO_PATH},
    {SYS_fchmod, "mode", NO_PATH, NO_PATH},
    {SYS_ftruncate, "cut", NO_PATH, NO_PATH},
    {SYS_flock, "lock", NO_PATH, NO_PATH},
};

enum { WATCHED = sizeof watched / sizeof watched[0] };

static const char *folder, *does;
static int log_file, step, steps;

// Makes a call that the filter lets through.
static long make(long number, const long *arguments) {
    return syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], (long)MARK);
}

static void say(const char *line) {
    long arguments[5] = {log_file, (long)line, (long)strlen(line)};
    make(SYS_write, arguments);
}

// What of a path is below the folder; nothing where it is elsewhere.
static const char *below(const char *path) {
    size_t length = strlen(folder);
    return path != NULL && strncmp(path, folder, length) == 0 && path[length] == '/' ? path + length + 1 : NULL;
}

// Writes down what goes to somebody: what is printed, and the status of what the sandbox answers.
static void overhear(long number, const long *arguments, const char *file) {
    const struct iovec *pieces = (const struct iovec *)arguments[1];
    const char *text = number == SYS_writev ? pieces->iov_base : (const char *)arguments[1];
    size_t length = number == SYS_writev ? pieces->iov_len : (size_t)arguments[2];
    if (arguments[0] == STDOUT_FILENO || arguments[0] == STDERR_FILENO) {
        say("print\n");
    } else if (strncmp(file, "socket:", 7) == 0 && length > 12 && memcmp(text, "HTTP/1.1 ", 9) == 0) {
        char line[16];
        snprintf(line, sizeof line, "answer %.3s\n", text + 9);
        say(line);
    }
}

// Describes a call; false where it is about nothing below the folder.
static int describe(const struct watched *kind, const long *arguments, char *line, size_t size) {
    char link[64], file[PATH_MAX] = "";
    const char *path;
    if (kind->path == NO_PATH) {
        snprintf(link, sizeof link, "/proc/self/fd/%ld", arguments[0]);
        if (readlink(link, file, sizeof file - 1) < 0) return 0;
        path = below(file);
        if (path == NULL && strcmp(kind->word, "write") == 0) overhear(kind->number, arguments, file);
    } else {
        path = below((const char *)arguments[kind->path]);
    }
    if (path == NULL) return 0;
    if (kind->target != NO_PATH) {
        const char *target = below((const char *)arguments[kind->target]);
        snprintf(line, size, "%s %s to %s\n", kind->word, path, target == NULL ? "elsewhere" : target);
    } else {
        int creates = strcmp(kind->word, "open") == 0 && arguments[kind->path + 1] & O_EXCL;
        snprintf(line, size, "%s %s\n", creates ? "create" : kind->word, path);
    }
    return 1;
}

// In the place of a call: answers what the kernel would.
static long instead(long number, const long *arguments) {
    const struct watched *kind = watched;
    while (kind->number != number) kind++;
    char line[2 * PATH_MAX];
    int hit = 0;
    if (describe(kind, arguments, line, sizeof line)) {
        hit = __atomic_add_fetch(&steps, 1, __ATOMIC_SEQ_CST) == step;
        if (hit && strcmp(does, "before") == 0) kill(getpid(), SIGKILL);
        say(line);
        if (hit && atoi(does) > 0) return -atoi(does);
    }
    long answer = make(number, arguments);
    if (hit && strcmp(does, "after") == 0) kill(getpid(), SIGKILL);
    return answer == -1 ? -errno : answer;
}

static void on_call(int signal, siginfo_t *call, void *context) {
    (void)signal;
    int before = errno;
    mcontext_t *machine = &((ucontext_t *)context)->uc_mcontext;
#if defined(__x86_64__)
    greg_t *registers = machine->gregs;
    long arguments[5] = {registers[REG_RDI], registers[REG_RSI], registers[REG_RDX], registers[REG_R10], registers[REG_R8]};
    registers[REG_RAX] = instead(call->si_syscall, arguments);
#elif defined(__aarch64__)
    unsigned long long *registers = machine->regs;
    long arguments[5] = {(long)registers[0], (long)registers[1], (long)registers[2], (long)registers[3], (long)registers[4]};
    registers[0] = (unsigned long long)instead(call->si_syscall, arguments);
#else
#error "the registers of this machine are not known here"
#endif
    errno = before;
}

static void give_up(const char *what) {
    perror(what);
    _exit(125);
}

__attribute__((constructor)) static void begin(void) {
    folder = getenv("WITNESS_FOLDER");
    const char *log = getenv("WITNESS_LOG"), *number = getenv("WITNESS_STEP");
    does = getenv("WITNESS_DOES");
    if (folder == NULL || log == NULL) return;
    step = number != NULL && does != NULL ? atoi(number) : 0;
    log_file = open(log, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    if (log_file < 0) give_up("the log of the witness");

    // Allows what carries the mark; traps what is watched; allows the rest.
    struct sock_filter filter[WATCHED + 5], *next = filter;
    *next++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, args[5]));
    *next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, MARK, WATCHED + 1, 0);
    *next++ = (struct sock_filter)BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr));
    for (int place = 0; place < WATCHED; place++) {
        *next++ = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, watched[place].number, WATCHED - place, 0);
    }
    *next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);
    *next++ = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_TRAP);
    struct sock_fprog program = {.len = WATCHED + 5, .filter = filter};

    struct sigaction action = {.sa_sigaction = on_call, .sa_flags = SA_SIGINFO | SA_NODEFER};
    if (sigaction(SIGSYS, &action, NULL) != 0) give_up("the signal of the witness");
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) give_up("the witness");
    if (prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program) != 0) give_up("the filter of the witness");
}
