package io.countersign.client.example;

import io.countersign.client.GatewayFixture;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ExamplesTest
{
    @Test
    void shouldRunBothExamples()
    {
        try (GatewayFixture gateway = new GatewayFixture())
        {
            assertEquals(
                "signed: symbol=BTCUSDT&note=\u00fc&signature=ab12",
                new CallbackBot().run(gateway.aeronDirectoryName(), gateway.apiKeyFile()));
            assertEquals(
                "POST /api/v3/order?symbol=BTCUSDT&note=\u00fc&signature=ab12",
                BlockingBot.run(gateway.aeronDirectoryName(), gateway.apiKeyFile()));
        }
    }

    @Test
    void shouldStandInReadmeAsTheyAreHere() throws IOException
    {
        final Path client = Path.of(System.getProperty("countersign.root"), "client");
        final String readme = stripped(Files.readAllLines(client.resolve("README.md")));
        for (final String name : List.of("CallbackBot", "BlockingBot"))
        {
            final List<String> source = Files.readAllLines(
                client.resolve("src/test/java/io/countersign/client/example/" + name + ".java"));
            final int start = source.indexOf("        try (" + ("BlockingBot".equals(name) ?
                "BlockingClient client = BlockingClient.connect(new CountersignClient.Context()" :
                "CountersignClient client = CountersignClient.connect(new CountersignClient.Context()"));
            assertTrue(start > 0, name);
            final int end = source.subList(start, source.size()).indexOf("    }");
            assertTrue(readme.contains(stripped(source.subList(start, start + end))), name + " is not in README.md");
        }
    }

    private static String stripped(final List<String> lines)
    {
        return lines.stream().map(String::strip).collect(Collectors.joining("\n"));
    }
}
