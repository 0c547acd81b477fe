package io.countersign.perf.report;

import org.HdrHistogram.Histogram;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * A fixed amount of work that has nothing of Countersign in it, and of what the gateway does most: hashing and copying
 * some hundred bytes. How long it takes says how fast the machine is at the moment.
 */
public final class Calibration implements GateRounds.Side
{
    private static final int UNITS = 20_000;
    private static final int WARM_UP = 200_000;
    private static final int DIGESTS = 4;
    private static final int LENGTH = 256;
    private static final int COPIES = 16;

    private final MessageDigest digest;
    private final byte[] from = new byte[LENGTH];
    private final byte[][] to = new byte[COPIES][LENGTH];
    private final byte[] hash = new byte[32];

    /**
     * Warmed up.
     */
    public Calibration()
    {
        try
        {
            digest = MessageDigest.getInstance("SHA-256");
        }
        catch (final NoSuchAlgorithmException ex)
        {
            throw new IllegalStateException("this JVM has no SHA-256", ex);
        }
        for (int i = 0; i < WARM_UP; i++)
        {
            unit();
        }
    }

    @Override
    public Histogram measure()
    {
        final Histogram histogram = new Histogram(1_000_000_000L, 3);
        histogram.setAutoResize(true);
        for (int i = 0; i < UNITS; i++)
        {
            final long startNs = System.nanoTime();
            unit();
            histogram.recordValue(System.nanoTime() - startNs);
        }
        return histogram;
    }

    private void unit()
    {
        try
        {
            for (int i = 0; i < DIGESTS; i++)
            {
                digest.update(from);
                digest.digest(hash, 0, hash.length);
                System.arraycopy(hash, 0, from, i * hash.length, hash.length);
            }
        }
        catch (final DigestException ex)
        {
            throw new IllegalStateException(ex);
        }
        for (final byte[] copy : to)
        {
            System.arraycopy(from, 0, copy, 0, LENGTH);
        }
    }
}
