package io.countersign.gateway.transport;

import io.aeron.Aeron;
import io.aeron.Subscription;
import io.aeron.exceptions.AeronException;
import io.countersign.gateway.config.IngressConfig;
import org.agrona.CloseHelper;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.status.AtomicCounter;

import java.util.Arrays;
import java.util.List;
import java.util.Queue;

/**
 * All ingresses with their media drivers: each has a driver, a directory and a lock of its own, so that the operating
 * system's word on who may open a directory is its word on who may come by that ingress.
 */
public final class IngressDrivers implements AutoCloseable
{
    /** Stream that bots send on. */
    public static final int INGRESS_STREAM_ID = 1001;

    /** Stream that replies go out on. */
    public static final int EGRESS_STREAM_ID = 1002;

    private final List<IngressConfig> configs;
    private final EmbeddedDriver[] drivers;
    private final AeronIngress[] ingresses;

    private IngressDrivers(final List<IngressConfig> configs)
    {
        this.configs = configs;
        drivers = new EmbeddedDriver[configs.size()];
        ingresses = new AeronIngress[configs.size()];
    }

    /**
     * Start all drivers and listen on all ingresses. Sets the process's file mode creation mask.
     *
     * @param configs          in configuration order.
     * @param maxPublications  most ingress publications that a UDP ingress takes up.
     * @param gonePublications receives the {@link PublicationId}s of ingress publications that go away, from threads of
     *                         the drivers' clients.
     * @param closeHandler     is told when the client of a driver closes, asked or not.
     * @param errorHandler     is told of errors of drivers and clients.
     * @return all running.
     * @throws TransportException when a directory or an endpoint cannot be used; then none is running.
     */
    public static IngressDrivers launch(
        final List<IngressConfig> configs,
        final int maxPublications,
        final Queue<Long> gonePublications,
        final Runnable closeHandler,
        final ErrorHandler errorHandler) throws TransportException
    {
        final IngressDrivers drivers = new IngressDrivers(configs);
        boolean isLaunched = false;
        try
        {
            // A driver makes its directory with the mask of the whole process. Those of the owner alone come first:
            // afterwards only files are made in them, which nobody else can reach.
            for (final boolean hasGroup : new boolean[]{false, true})
            {
                for (int i = 0; i < configs.size(); i++)
                {
                    if (hasGroup == (null != configs.get(i).group()))
                    {
                        IpcDirectory.restrictNewFiles(configs.get(i).group());
                        drivers.launch(i, maxPublications, gonePublications, closeHandler, errorHandler);
                    }
                }
            }
            isLaunched = true;
            return drivers;
        }
        finally
        {
            if (!isLaunched)
            {
                drivers.close();
            }
        }
    }

    /**
     * The ingresses.
     *
     * @return in configuration order.
     */
    public List<AeronIngress> ingresses()
    {
        return List.of(ingresses);
    }

    /**
     * Allocate a counter in the file of the first ingress's driver.
     *
     * @param typeId of the counter.
     * @param label  for people.
     * @return the counter at 0, good until this is closed.
     */
    public AtomicCounter newCounter(final int typeId, final String label)
    {
        return drivers[0].newCounter(typeId, label);
    }

    @Override
    public void close()
    {
        CloseHelper.closeAll(Arrays.asList(drivers));
    }

    private void launch(
        final int index,
        final int maxPublications,
        final Queue<Long> gonePublications,
        final Runnable closeHandler,
        final ErrorHandler errorHandler) throws TransportException
    {
        final IngressConfig config = configs.get(index);
        drivers[index] = EmbeddedDriver.launch(config, index, maxPublications, gonePublications, errorHandler);
        final Aeron aeron = drivers[index].aeron();
        aeron.addCloseHandler(closeHandler);
        try
        {
            final Subscription subscription = aeron.addSubscription(
                config.isUdp() ? "aeron:udp?endpoint=" + config.endpoint() : "aeron:ipc", INGRESS_STREAM_ID);
            ingresses[index] = new AeronIngress(index, config, aeron, subscription);
        }
        catch (final AeronException ex)
        {
            throw new TransportException("ingress " + config + " cannot be opened: " + ex.getMessage());
        }
    }
}
