package io.countersign.perf.bench;

import com.sun.management.ThreadMXBean;
import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import io.countersign.perf.processes.MeasuringException;

import javax.management.MBeanServerConnection;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.ThreadInfo;

/**
 * Looks into a gateway that was started with {@code --dumpable}: what its thread has allocated, and its heap. Asked by
 * the JVM's own management on threads of its own, before and after a load.
 */
final class GatewayProbe implements AutoCloseable
{
    private static final String GATEWAY_THREAD = "countersign-gateway";
    private static final double BYTES_PER_MIB = 1024.0 * 1024.0;

    private final JMXConnector connector;
    private final ThreadMXBean threads;
    private final MemoryMXBean memory;
    private final long gatewayThreadId;

    private GatewayProbe(
        final JMXConnector connector,
        final ThreadMXBean threads,
        final MemoryMXBean memory,
        final long gatewayThreadId)
    {
        this.connector = connector;
        this.threads = threads;
        this.memory = memory;
        this.gatewayThreadId = gatewayThreadId;
    }

    static GatewayProbe attach(final long pid) throws IOException, MeasuringException
    {
        final String address;
        try
        {
            final VirtualMachine jvm = VirtualMachine.attach(Long.toString(pid));
            address = jvm.startLocalManagementAgent();
            jvm.detach();
        }
        catch (final AttachNotSupportedException ex)
        {
            throw new MeasuringException("process " + pid + " lets no tool look into it: " + ex.getMessage());
        }
        final JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(address));
        final MBeanServerConnection connection = connector.getMBeanServerConnection();
        final ThreadMXBean threads = ManagementFactory.newPlatformMXBeanProxy(
            connection, ManagementFactory.THREAD_MXBEAN_NAME, ThreadMXBean.class);
        final MemoryMXBean memory = ManagementFactory.newPlatformMXBeanProxy(
            connection, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
        for (final ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds()))
        {
            if (null != thread && GATEWAY_THREAD.equals(thread.getThreadName()))
            {
                return new GatewayProbe(connector, threads, memory, thread.getThreadId());
            }
        }
        connector.close();
        throw new MeasuringException("process " + pid + " has no thread " + GATEWAY_THREAD);
    }

    /** Bytes that the gateway's thread has allocated since it was started. */
    long allocatedBytes()
    {
        return threads.getThreadAllocatedBytes(gatewayThreadId);
    }

    double heapUsedMib()
    {
        return memory.getHeapMemoryUsage().getUsed() / BYTES_PER_MIB;
    }

    @Override
    public void close() throws IOException
    {
        connector.close();
    }
}
