/* Measures the machine's peak: independent fused multiply-adds on registers, one thread, with vectors of WIDTH_BYTES.
   Prints GFLOPS. Built and run by `npm run bench` where there is a C compiler: cc -O3 -march=native. */
#include <stdio.h>
#include <time.h>

typedef float vector __attribute__((vector_size(WIDTH_BYTES)));
enum { CHAINS = 12, LANES = WIDTH_BYTES / 4, ROUNDS = 20000000 };

int main(void) {
  vector sum[CHAINS], factor, term;
  for (int lane = 0; lane < LANES; lane++) {
    factor[lane] = 0.999f;
    term[lane] = 0.001f;
    for (int chain = 0; chain < CHAINS; chain++) sum[chain][lane] = (float)chain;
  }
  struct timespec start, end;
  clock_gettime(CLOCK_MONOTONIC, &start);
  for (long round = 0; round < ROUNDS; round++) {
    for (int chain = 0; chain < CHAINS; chain++) sum[chain] = sum[chain] * factor + term;
    __asm__ volatile("" : "+x"(sum[0]), "+x"(sum[5]));
  }
  clock_gettime(CLOCK_MONOTONIC, &end);
  volatile float sink = 0;
  for (int chain = 0; chain < CHAINS; chain++) sink += sum[chain][0];
  double seconds = (end.tv_sec - start.tv_sec) + (end.tv_nsec - start.tv_nsec) / 1e9;
  printf("%.1f\n", 2.0 * CHAINS * LANES * ROUNDS / seconds / 1e9);
  return 0;
}
