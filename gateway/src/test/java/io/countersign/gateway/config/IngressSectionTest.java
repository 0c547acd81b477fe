package io.countersign.gateway.config;

import io.countersign.gateway.address.IpEndpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IngressSectionTest
{
    private static final Path FILE = Path.of("/conf/gateway.yaml");

    @Test
    void shouldReadBothKinds() throws Exception
    {
        final List<IngressConfig> ingresses = read("""
            ingresses:
              - {name: ipc:bots, aeron-directory: bots, group: traders}
              - {name: ipc:own, aeron-directory: /dev/shm/own}
              - {name: udp:lan, aeron-directory: lan, endpoint: "10.0.0.1:40456", egress-port: 40457}
              - {name: udp:v6, aeron-directory: v6, endpoint: "[2001:DB8::1]:40456", egress-port: 40457}
            """);
        assertEquals(new IngressConfig("ipc:bots", Path.of("/conf/bots"), "traders", null, 0), ingresses.get(0));
        assertEquals(new IngressConfig("ipc:own", Path.of("/dev/shm/own"), null, null, 0), ingresses.get(1));
        assertEquals("udp:lan at 10.0.0.1:40456", ingresses.get(2).toString());
        assertEquals(40_457, ingresses.get(2).egressPort());
        assertEquals(Path.of("/conf/lan"), ingresses.get(2).aeronDirectory());
        assertNull(ingresses.get(2).group());
        assertEquals("[2001:db8::1]:40456", ingresses.get(3).endpoint().toString());
        assertTrue(ingresses.get(3).isUdp());
        assertEquals(IpEndpoint.parse("10.0.0.1:40456").port(), ingresses.get(2).endpoint().port());
    }

    @Test
    void shouldReadUpToEight() throws Exception
    {
        final StringBuilder text = new StringBuilder("ingresses:\n");
        for (int i = 1; i <= 8; i++)
        {
            text.append("  - {name: ipc:").append(i).append(", aeron-directory: d").append(i).append("}\n");
        }
        assertEquals(8, read(text.toString()).size());
        assertRefused(text + "  - {name: ipc:9, aeron-directory: d9}\n", "more than 8 ingresses");
        assertRefused("ingresses: []\n", "'ingresses' is not a list with something in it");
        assertRefused("idle: spin\n", "has no 'ingresses'");
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
        "{aeron-directory: a};has no 'name'",
        "{name: bots, aeron-directory: a};'name' is 'bots'; expected ipc:NAME or udp:NAME",
        "{name: 'ipc:', aeron-directory: a};expected ipc:NAME or udp:NAME",
        "{name: 'tcp:x', aeron-directory: a};expected ipc:NAME or udp:NAME",
        "{name: 'ipc:a b', aeron-directory: a};expected ipc:NAME or udp:NAME",
        "{name: 'ipc:ä', aeron-directory: a};expected ipc:NAME or udp:NAME",
        "{name: ipc:x};has no 'aeron-directory'",
        "{name: ipc:x, aeron-directory: /};'aeron-directory' is '/', no path here",
        "{name: ipc:x, aeron-directory: a, endpoint: 'h:1'};unknown field 'endpoint'",
        "{name: ipc:x, aeron-directory: a, egress-port: 1};unknown field 'egress-port'",
        "{name: udp:x, aeron-directory: a, endpoint: '10.0.0.1:1', egress-port: 2, group: g};unknown field 'group'",
        "{name: udp:x, aeron-directory: a, egress-port: 2};has no 'endpoint'",
        "{name: udp:x, aeron-directory: a, endpoint: '10.0.0.1:1'};has no 'egress-port'",
        "{name: udp:x, aeron-directory: a, endpoint: 'lan:1', egress-port: 2};'endpoint' is 'lan:1'",
        "{name: udp:x, aeron-directory: a, endpoint: '239.0.0.1:1', egress-port: 2};'endpoint' is '239.0.0.1:1'",
        "{name: udp:x, aeron-directory: a, endpoint: '10.0.0.1:1', egress-port: 0};a whole number from 1 to 65535",
        "{name: udp:x, aeron-directory: a, endpoint: '10.0.0.1:1', egress-port: 1};'egress-port' is the endpoint's own",
        "{name: ipc:first, aeron-directory: a};the ingress 'ipc:first' stands twice",
        "{name: ipc:x, aeron-directory: first};have one directory",
        "{name: ipc:x, aeron-directory: b/../first};have one directory",
        "{name: ipc:x, aeron-directory: first/inside};one inside the other",
        "{name: ipc:x, aeron-directory: .};one inside the other",
        "{name: udp:x, aeron-directory: a, endpoint: '10.0.0.9:9', egress-port: 2};the endpoint 10.0.0.9:9 stands"})
    void shouldPointAtTheMistake(final String item, final String what)
    {
        assertRefused("""
            ingresses:
              - {name: ipc:first, aeron-directory: first}
              - {name: udp:first, aeron-directory: second, endpoint: "10.0.0.9:9", egress-port: 10}
              - %s
            """.formatted(item), what);
    }

    private static List<IngressConfig> read(final String gateway) throws ConfigException
    {
        final YamlMapping root = new YamlSource(FILE, gateway).root("the section", "ingresses");
        return IngressSection.read(root, FILE.getParent());
    }

    private static void assertRefused(final String gateway, final String what)
    {
        final ConfigException ex = assertThrows(ConfigException.class, () -> read(gateway));
        assertTrue(ex.getMessage().contains(what), ex.getMessage());
        ConfigReaderTest.assertOneLine(ex.getMessage());
    }
}
