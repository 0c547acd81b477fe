package io.countersign.gateway.profile;

import java.util.Random;
import java.util.function.Supplier;

/** Where a test's random cases come from; as a message it names the number that brings the same cases again. */
final class Seed implements Supplier<String>
{
    private final long seed = Long.getLong("countersign.test.seed", System.nanoTime());

    Random random()
    {
        return new Random(seed);
    }

    @Override
    public String get()
    {
        return " [-Dcountersign.test.seed=" + seed + "]";
    }

    @Override
    public String toString()
    {
        return get();
    }
}
