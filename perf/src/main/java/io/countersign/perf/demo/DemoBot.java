package io.countersign.perf.demo;

import io.countersign.client.BlockingClient;
import io.countersign.client.CountersignClient;
import io.countersign.client.CountersignException;
import io.countersign.client.RejectedException;
import io.countersign.client.SignedRequest;
import io.countersign.codecs.wire.OrderType;
import io.countersign.codecs.wire.Side;
import io.countersign.codecs.wire.TimeInForce;
import io.countersign.perf.demo.PublishedExamples.Example;
import io.countersign.perf.processes.Latencies;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A bot: sends the published orders of its principal, compares the signatures with the published ones, then measures
 * round trips when it is told to. Says {@link #EXAMPLES_DONE} and {@link #MEASURED} on its output.
 */
final class DemoBot
{
    static final String EXAMPLES_DONE = "EXAMPLES DONE";
    static final String MEASURED = "MEASURED";

    /** Long, because a busy machine shall show in the latencies, not end the demonstration. */
    private static final long REQUEST_TIMEOUT_NS = TimeUnit.SECONDS.toNanos(10);

    private final DemoFiles files;
    private final String principal;
    private final ReceivedSignatures received = new ReceivedSignatures();
    private int differences;

    private DemoBot(final DemoFiles files, final String principal)
    {
        this.files = files;
        this.principal = principal;
    }

    /**
     * Run a bot.
     *
     * @param args directory of the run, principal, warm-up round trips, measured round trips.
     * @throws IOException when its files cannot be written.
     */
    public static void main(final String[] args) throws IOException
    {
        final Path directory = Path.of(args[0]);
        final DemoBot bot = new DemoBot(new DemoFiles(directory, directory, directory), args[1]);
        int exitCode = 1;
        try
        {
            bot.run(Integer.parseInt(args[2]), Integer.parseInt(args[3]));
            exitCode = bot.differences > 0 ? 1 : 0;
        }
        catch (final CountersignException | IllegalStateException ex)
        {
            System.err.println(args[1] + ": " + ex.getMessage());
        }
        System.exit(exitCode);
    }

    private void run(final int warmUp, final int count) throws IOException
    {
        try (BlockingClient client = BlockingClient.connect(context()))
        {
            for (final Example example : PublishedExamples.load().examples())
            {
                if (principal.equals(example.text("principal")))
                {
                    compare(example, send(client, example));
                }
            }
            if (MeasuredOrder.HMAC.principal().equals(principal))
            {
                askForTooMuch(client);
            }
        }
        say(EXAMPLES_DONE + " " + differences);

        final BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        if (null != orders.readLine())
        {
            final Latencies latencies = new Latencies();
            RoundTrips.measure(context(), MeasuredOrder.ofPrincipal(principal), warmUp, count, latencies, received);
            latencies.write(files.latencies(principal));
            Files.write(files.signatures(principal), received.lines());
            say(MEASURED);
        }
    }

    private CountersignClient.Context context()
    {
        final CountersignClient.Context context = new CountersignClient.Context();
        context.aeronDirectoryName(files.aeron().toString())
            .principal(principal)
            .apiKeyFile(files.apiKey(principal))
            .requestTimeoutNs(REQUEST_TIMEOUT_NS);
        return context;
    }

    private static SignedRequest send(final BlockingClient client, final Example example)
    {
        return switch (example.text("operation"))
        {
            case "new-order" -> client.newOrder((order) -> order
                .side(Side.valueOf(example.text("side")))
                .orderType(OrderType.valueOf(example.text("type")))
                .timeInForce(TimeInForce.valueOf(example.text("timeInForce")))
                .quantity(example.text("quantity"))
                .price(example.text("price"))
                .maxAgeMs(Integer.parseInt(example.text("maxAgeMs")))
                .key(example.text("key"))
                .symbol(example.text("symbol"))
                .clientOrderId(example.text("clientOrderId")));
            case "cancel-order" -> client.cancelOrder((cancel) -> ExampleFields.fill(cancel, example));
            case "query-order" -> client.queryOrder((query) -> ExampleFields.fill(query, example));
            case "query-account" -> client.queryAccount((query) -> ExampleFields.fill(query, example));
            default -> throw new IllegalArgumentException("no such operation: " + example.text("operation"));
        };
    }

    private void compare(final Example example, final SignedRequest signed)
    {
        final String expected = example.text("signature");
        final boolean isSame = expected.equals(signed.signature());
        differences += isSame ? 0 : 1;
        received.add(signed.outcomeSequence(), signed.signature());
        say("  " + example.text("id"));
        say("    request    " + signed.method() + " " + signed.path() + "?" + abbreviated(signed.query()));
        say("    " + (example.isDerived() ? "derived    " : "published  ") + abbreviated(expected));
        say("    token      " + abbreviated(signed.signature()) + (isSame ? "   same" : "   DIFFERENT"));
    }

    private void askForTooMuch(final BlockingClient client)
    {
        try
        {
            client.newOrder((order) -> order.side(Side.BUY).orderType(OrderType.LIMIT).timeInForce(TimeInForce.GTC)
                .quantity("1").price("52000.00").key("binance-doc-hmac").symbol("BTCUSDT"));
            say("  an order for a symbol that no rule grants was SIGNED");
            differences++;
        }
        catch (final RejectedException ex)
        {
            say("  denied: BUY 1 BTCUSDT: " + ex.reason() + ", nearest rule '" + ex.rule() + "', journal record " +
                ex.recordSequence());
        }
    }

    private static String abbreviated(final String text)
    {
        return text.length() <= 150 ? text : text.substring(0, 100) + "..." + text.substring(text.length() - 40);
    }

    private static void say(final String line)
    {
        System.out.println(line);
    }
}
