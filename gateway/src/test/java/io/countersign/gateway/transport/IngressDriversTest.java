package io.countersign.gateway.transport;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.exceptions.RegistrationException;
import io.countersign.gateway.address.IpEndpoint;
import io.countersign.gateway.config.IngressConfig;
import org.agrona.DirectBuffer;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class IngressDriversTest
{
    private static final Path DIRECTORY = Path.of("target", "ingress-drivers").toAbsolutePath();
    private static final int AERON_SESSION_ID = -4711;

    private final Queue<Long> gone = new ConcurrentLinkedQueue<>();
    private final Queue<Throwable> errors = new ConcurrentLinkedQueue<>();
    private final List<Long> received = new ArrayList<>();
    private final List<Integer> lengths = new ArrayList<>();
    private IngressDrivers drivers;
    private FairIngress ingress;

    @BeforeEach
    void before() throws Exception
    {
        IoUtil.delete(DIRECTORY.toFile(), true);
        drivers = launch(ipc("ipc:first"), ipc("ipc:second"));
        ingress = new FairIngress(drivers.ingresses());
    }

    @AfterEach
    void after()
    {
        drivers.close();
        IoUtil.delete(DIRECTORY.toFile(), true);
    }

    @Test
    void shouldTellApartWhatHasOneAeronSessionIdOnTwoIngresses()
    {
        try (Aeron first = client("ipc:first");
            Aeron second = client("ipc:second");
            ExclusivePublication byFirst = publication(first))
        {
            final ExclusivePublication bySecond = publication(second);
            assertEquals(byFirst.sessionId(), bySecond.sessionId());
            send(byFirst, 10);
            send(bySecond, 20);
            await(() -> ingress.poll(this::onFrame, 1) >= 0 && 2 == received.size(), "both frames");
            final long firstId = received.get(lengths.indexOf(10));
            final long secondId = received.get(lengths.indexOf(20));
            assertNotEquals(firstId, secondId);
            assertEquals(PublicationId.of(0, AERON_SESSION_ID), firstId);
            assertEquals(PublicationId.of(1, AERON_SESSION_ID), secondId);
            assertEquals(AERON_SESSION_ID, PublicationId.aeronSessionId(secondId));
            assertEquals(1, PublicationId.ingressIndex(secondId));
            assertEquals("ipc:second", drivers.ingresses().get(1).source(AERON_SESSION_ID).ingress());

            bySecond.close();
            await(() -> !gone.isEmpty(), "one has gone");
            assertEquals(List.of(secondId), List.copyOf(gone));
            assertNull(drivers.ingresses().get(1).source(AERON_SESSION_ID));
            assertArrayEquals(new byte[0], drivers.ingresses().get(0).source(AERON_SESSION_ID).text());
        }
    }

    @Test
    void shouldServeAQuietIngressBesideABusyOne()
    {
        try (Aeron first = client("ipc:first");
            Aeron second = client("ipc:second");
            ExclusivePublication busy = publication(first);
            ExclusivePublication quiet = publication(second))
        {
            for (int i = 0; i < 100; i++)
            {
                send(busy, 8);
            }
            send(quiet, 9);
            await(() -> null != drivers.ingresses().get(1).source(AERON_SESSION_ID), "the image");
            await(() -> ingress.poll(this::onFrame, 1) >= 0 && received.size() >= 3, "three frames");
            assertEquals(1, received.stream().filter((id) -> PublicationId.of(1, AERON_SESSION_ID) == id).count());
            await(() -> ingress.poll(this::onFrame, 1) >= 0 && 101 == received.size(), "all frames");
        }
    }

    @Test
    void shouldCarryFramesOfFourKibibytesWhole()
    {
        try (Aeron first = client("ipc:first"); ExclusivePublication publication = publication(first))
        {
            assertTrue(publication.maxPayloadLength() >= 4_096, "max payload " + publication.maxPayloadLength());
            send(publication, 4_096);
            await(() -> ingress.poll((id, isWhole, buffer, offset, length) ->
            {
                assertTrue(isWhole);
                lengths.add(length);
            }, 1) > 0, "the frame");
            assertEquals(List.of(4_096), lengths);
        }
    }

    @Test
    void shouldOpenNoSocketForAClientOfAnIpcIngress()
    {
        try (Aeron first = client("ipc:first"))
        {
            for (final String host : new String[]{"127.0.0.1", "localhost", "nobody.invalid"})
            {
                final String channel = "aeron:udp?endpoint=" + host + ":40999";
                assertThrows(RegistrationException.class, () -> first.addPublication(channel, 1));
                assertThrows(RegistrationException.class, () -> first.addExclusivePublication(channel, 1));
                assertThrows(RegistrationException.class, () -> first.addSubscription(channel, 1));
            }
            try (ExclusivePublication publication = publication(first))
            {
                send(publication, 8);
                await(() -> ingress.poll(this::onFrame, 1) > 0, "a frame afterwards");
            }
        }
        assertFalse(errors.isEmpty());
        errors.clear();
    }

    @Test
    void shouldNotStartAnyWhenOneCannotBeOpened() throws Exception
    {
        try (DatagramSocket taken = new DatagramSocket(0, InetAddress.getByName("127.0.0.1")))
        {
            final IngressConfig udp = new IngressConfig(
                "udp:taken",
                DIRECTORY.resolve("taken"),
                null,
                IpEndpoint.parse("127.0.0.1:" + taken.getLocalPort()),
                1);
            final TransportException ex =
                assertThrows(TransportException.class, () -> launch(ipc("ipc:third"), udp));
            assertTrue(ex.getMessage().contains("udp:taken at 127.0.0.1:" + taken.getLocalPort()), ex.getMessage());
            assertFalse(Files.exists(DIRECTORY.resolve("third")), "a driver is left");
            assertFalse(Files.exists(DIRECTORY.resolve("taken")), "a driver is left");
        }
        final TransportException twice = assertThrows(TransportException.class, () -> launch(ipc("ipc:first")));
        assertTrue(twice.getMessage().contains("in use"), twice.getMessage());
    }

    private IngressDrivers launch(final IngressConfig... configs) throws TransportException
    {
        return IngressDrivers.launch(List.of(configs), 16, gone, () -> received.size(), errors::add);
    }

    private static IngressConfig ipc(final String name)
    {
        return new IngressConfig(name, directory(name), null, null, 0);
    }

    private static Path directory(final String name)
    {
        return DIRECTORY.resolve(name.substring(name.indexOf(':') + 1));
    }

    private static Aeron client(final String name)
    {
        return Aeron.connect(new Aeron.Context().aeronDirectoryName(directory(name).toString())
            .errorHandler((error) -> assertTrue(error instanceof RegistrationException)));
    }

    private static ExclusivePublication publication(final Aeron aeron)
    {
        return aeron.addExclusivePublication("aeron:ipc?session-id=" + AERON_SESSION_ID, 1001);
    }

    private static void send(final ExclusivePublication publication, final int length)
    {
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[length]);
        await(() -> publication.offer(frame) > 0, "an offer");
    }

    private void onFrame(
        final long publicationId,
        final boolean isWhole,
        final DirectBuffer buffer,
        final int offset,
        final int length)
    {
        received.add(publicationId);
        lengths.add(length);
    }

    private static void await(final BooleanSupplier condition, final String what)
    {
        final long deadlineNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean())
        {
            assertTrue(System.nanoTime() - deadlineNs < 0, "not within 20 s: " + what);
            Thread.yield();
        }
    }
}
