/* Compares the wall time of commands that run in turn.
 *
 *   interleave ROUNDS RUNS PREPARATION COMMAND...
 *
 * In each round, each command runs RUNS times: A B C, B C A, C A B, and so on. So all commands meet the same load of the
 * machine. Before each run, /bin/sh runs the PREPARATION, unless that is empty. The words of a COMMAND are separated by
 * blanks. Standard output of all goes to /dev/null.
 *
 * Prints a line for each command: its median time in milliseconds, and the time of the first command divided by its own.
 * The ratio is that of the lower quartiles of one round, which a busy machine disturbs less than medians; of the ratios of
 * all rounds, the median is printed. On a machine with a load of 3, it stays within 1 %.
 */
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { COMMANDS = 8, WORDS = 2048 };

struct command {
	const char *text;
	char *words[WORDS];
	double *times;     /* of one round */
	double *quartiles; /* one for each round */
	double *all;
};

static struct command commands[COMMANDS];
static posix_spawn_file_actions_t files;

static void fail(const char *text, const char *reason)
{
	fprintf(stderr, "interleave: %s: %s\n", text, reason);
	exit(1);
}

static double milliseconds(void)
{
	struct timespec now;
	clock_gettime(CLOCK_MONOTONIC, &now);
	return now.tv_sec * 1e3 + now.tv_nsec / 1e6;
}

/* Returns the time of one run. */
static double run(const char *text, char *const *words)
{
	int status;
	pid_t process;
	double start = milliseconds();
	int error = posix_spawnp(&process, words[0], &files, NULL, words, environ);
	if (error)
		fail(text, strerror(error));
	if (waitpid(process, &status, 0) != process)
		fail(text, "lost");
	double end = milliseconds();
	if (status)
		fail(text, "failed");
	return end - start;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

/* Sorts the values and returns the one at numerator/denominator of them. */
static double quantile(double *values, int count, int numerator, int denominator)
{
	qsort(values, count, sizeof *values, compare);
	return values[count * numerator / denominator];
}

int main(int argument_count, char **arguments)
{
	int count = argument_count - 4;
	if (count < 1 || count > COMMANDS)
		fail("usage", "interleave ROUNDS RUNS PREPARATION COMMAND...");
	int rounds = atoi(arguments[1]), runs = atoi(arguments[2]);
	char *preparation[] = {"/bin/sh", "-c", arguments[3], NULL};
	if (rounds < 1 || runs < 1)
		fail("usage", "at least one round of one run");
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	for (int i = 0; i < count; i++) {
		struct command *command = &commands[i];
		command->text = arguments[4 + i];
		char *words = strdup(command->text);
		for (int n = 0; n < WORDS - 1 && (command->words[n] = strtok(n ? NULL : words, " ")); n++)
			;
		command->times = calloc(runs, sizeof(double));
		command->quartiles = calloc(rounds, sizeof(double));
		command->all = calloc((size_t)rounds * runs, sizeof(double));
	}

	for (int round = 0; round < rounds; round++) {
		for (int n = 0; n < runs; n++)
			for (int i = 0; i < count; i++) {
				struct command *command = &commands[(i + n + round) % count];
				if (*arguments[3])
					run(arguments[3], preparation);
				command->times[n] = command->all[round * runs + n] = run(command->text, command->words);
			}
		for (int i = 0; i < count; i++)
			commands[i].quartiles[round] = quantile(commands[i].times, runs, 1, 4);
	}

	double *ratios = calloc(rounds, sizeof(double));
	for (int i = 0; i < count; i++) {
		for (int round = 0; round < rounds; round++)
			ratios[round] = commands[0].quartiles[round] / commands[i].quartiles[round];
		double ratio = quantile(ratios, rounds, 1, 2);
		printf("%.4f %.4f\n", quantile(commands[i].all, rounds * runs, 1, 2), ratio);
	}
	return 0;
}
