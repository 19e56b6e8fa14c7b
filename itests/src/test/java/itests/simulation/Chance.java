package itests.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Seeded randomness: the same seed gives the same numbers. */
final class Chance {
    private final SplittableRandom random;

    Chance(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** From 0 to below the bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** Between the two, small ones as probable as large ones of ten times the size. */
    long spread(long least, long most) {
        double low = Math.log((double) least);
        return (long) Math.exp(low + random.nextDouble() * (Math.log((double) most) - low));
    }

    boolean in(int percent) {
        return random.nextInt(100) < percent;
    }

    boolean perMille(int thousandths) {
        return random.nextInt(1000) < thousandths;
    }

    double fraction() {
        return random.nextDouble();
    }

    <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }

    void fill(byte[] bytes) {
        random.nextBytes(bytes);
    }

    long seed() {
        return random.nextLong();
    }
}
