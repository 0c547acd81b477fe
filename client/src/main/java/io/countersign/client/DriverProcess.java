package io.countersign.client;

import io.aeron.Aeron;
import io.aeron.CncFileDescriptor;
import org.agrona.BufferUtil;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.TimeUnit;

/**
 * The operating system's process that runs the media driver, which is the gateway's. Its death is seen within
 * {@link #SILENCE_MS} and needs no guess; a driver that is merely late (a slow disk, a busy machine) is not taken for
 * dead. A process that could not be seen at first, for instance in another container, is never called dead.
 */
final class DriverProcess implements AutoCloseable
{
    /** Silence of the driver after which its process is looked for: 500 ms. */
    static final long SILENCE_MS = 500;

    private static final long LOOK_INTERVAL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final MappedByteBuffer cnc;
    private final ManyToOneRingBuffer toDriver;
    private final long processId;
    private final boolean isVisible;
    private long nextLookNs;

    DriverProcess(final Aeron aeron)
    {
        cnc = IoUtil.mapExistingFile(aeron.context().cncFile(), FileChannel.MapMode.READ_ONLY, "cnc file");
        final UnsafeBuffer metaData = CncFileDescriptor.createMetaDataBuffer(cnc);
        toDriver = new ManyToOneRingBuffer(CncFileDescriptor.createToDriverBuffer(cnc, metaData));
        processId = CncFileDescriptor.pid(metaData);
        isVisible = isRunning();
        nextLookNs = System.nanoTime();
    }

    /** Looks at the process only when the driver has been silent, so that a lively one costs no allocation. */
    boolean hasDied(final long nowNs)
    {
        if (!isVisible || nowNs - nextLookNs < 0)
        {
            return false;
        }
        nextLookNs = nowNs + LOOK_INTERVAL_NS;
        return System.currentTimeMillis() - toDriver.consumerHeartbeatTime() > SILENCE_MS && !isRunning();
    }

    @Override
    public void close()
    {
        BufferUtil.free(cnc);
    }

    private boolean isRunning()
    {
        return ProcessHandle.of(processId).map(ProcessHandle::isAlive).orElse(false);
    }
}
