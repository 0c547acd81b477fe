package io.countersign.gateway.sealing;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;

class BackgroundThreadTest
{
    private static final int NICE_FIELD = 16;

    @Test
    void shouldLowerThePriorityOfTheCallingThreadOnly() throws InterruptedException
    {
        final int before = nice();
        final AtomicInteger after = new AtomicInteger();
        final Thread thread = new Thread(() ->
        {
            BackgroundThread.lowerPriority();
            after.set(nice());
        });
        thread.start();
        thread.join();
        assertEquals(BackgroundThread.NICE, after.get());
        assertEquals(before, nice());
    }

    /** Field 19 of proc(5), of which two come before the name. */
    private static int nice()
    {
        try
        {
            final String stat = Files.readString(Path.of("/proc/thread-self/stat"));
            return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ")[NICE_FIELD]);
        }
        catch (final IOException ex)
        {
            throw new IllegalStateException(ex);
        }
    }
}
