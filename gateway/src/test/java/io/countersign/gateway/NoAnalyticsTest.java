package io.countersign.gateway;

import net.openhft.chronicle.queue.ChronicleQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * The process that can sign holds nothing that speaks to the outside.
 */
class NoAnalyticsTest
{
    @ParameterizedTest
    @ValueSource(strings = {
        "net.openhft.chronicle.analytics.Analytics", "com.google.gson.Gson", "picocli.CommandLine",
        "software.amazon.awssdk.core.SdkClient", "io.netty.channel.Channel"})
    void shouldNotFindOnTheClassPath(final String className)
    {
        assertThrows(
            ClassNotFoundException.class,
            () -> Class.forName(className, false, ChronicleQueue.class.getClassLoader()));
    }

    @Test
    void shouldBeForbiddenToReportUsage()
    {
        assertEquals("true", System.getProperty("chronicle.analytics.disable"));
    }
}
