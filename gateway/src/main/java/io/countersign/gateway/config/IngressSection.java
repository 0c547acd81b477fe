package io.countersign.gateway.config;

import io.countersign.gateway.address.IpEndpoint;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the list {@code ingresses}.
 */
final class IngressSection
{
    private static final int MAX_INGRESSES = 8;
    private static final int MAX_PORT = 65_535;
    private static final Pattern NAME = Pattern.compile("(ipc|udp):[A-Za-z0-9][A-Za-z0-9._-]{0,59}");
    private static final String EXPECTED_NAME =
        "ipc:NAME or udp:NAME, where NAME is up to 60 letters, digits, dots, hyphens and underscores";

    private IngressSection()
    {
    }

    static List<IngressConfig> read(final YamlMapping gateway, final Path base) throws ConfigException
    {
        final List<IngressConfig> ingresses = new ArrayList<>();
        for (final YamlMapping mapping : gateway.mappings("ingresses", "an ingress"))
        {
            if (MAX_INGRESSES == ingresses.size())
            {
                throw gateway.error("ingresses", "there are more than " + MAX_INGRESSES + " ingresses");
            }
            final IngressConfig ingress = ingress(mapping, base);
            for (final IngressConfig other : ingresses)
            {
                refuseConflict(mapping, ingress, other);
            }
            ingresses.add(ingress);
        }
        return List.copyOf(ingresses);
    }

    private static IngressConfig ingress(final YamlMapping mapping, final Path base) throws ConfigException
    {
        final String name = mapping.choice(
            "name", (value) -> NAME.matcher(value).matches() ? value : null, EXPECTED_NAME);
        final boolean isUdp = name.startsWith(IngressConfig.UDP_PREFIX);
        mapping.allowOnly(isUdp ?
            new String[]{"name", "aeron-directory", "endpoint", "egress-port"} :
            new String[]{"name", "aeron-directory", "group"});
        return new IngressConfig(
            name,
            directory(mapping, base),
            isUdp ? null : mapping.text("group", "a group of the operating system", null),
            isUdp ? endpoint(mapping) : null,
            isUdp ? egressPort(mapping) : 0);
    }

    private static Path directory(final YamlMapping mapping, final Path base) throws ConfigException
    {
        final String expected = "a directory for the ingress's media driver";
        final String value = mapping.text("aeron-directory", expected);
        try
        {
            final Path directory = base.resolve(value).normalize();
            if (null != directory.toAbsolutePath().getParent())
            {
                return directory;
            }
        }
        catch (final InvalidPathException ex)
        {
            // Told below. In a process without a UTF-8 locale, a path beyond ASCII is none.
        }
        throw mapping.error(
            "aeron-directory", "'aeron-directory' is '" + value + "', no path here; expected " + expected);
    }

    private static IpEndpoint endpoint(final YamlMapping mapping) throws ConfigException
    {
        final String expected = "the address and port to listen on, such as 10.0.0.1:40456 or [2001:db8::1]:40456";
        return mapping.choice("endpoint", IngressSection::unicastEndpoint, expected);
    }

    private static IpEndpoint unicastEndpoint(final String text)
    {
        try
        {
            final IpEndpoint endpoint = IpEndpoint.parse(text);
            return endpoint.isUnicast() ? endpoint : null;
        }
        catch (final IllegalArgumentException ex)
        {
            return null;
        }
    }

    private static int egressPort(final YamlMapping mapping) throws ConfigException
    {
        final int port = (int) mapping.number("egress-port", 1, MAX_PORT);
        if (endpoint(mapping).port() == port)
        {
            throw mapping.error("egress-port", "'egress-port' is the endpoint's own; expected another port, at " +
                "which every bot takes its replies at its own address");
        }
        return port;
    }

    private static void refuseConflict(
        final YamlMapping mapping, final IngressConfig ingress, final IngressConfig other) throws ConfigException
    {
        if (ingress.name().equals(other.name()))
        {
            throw mapping.error("name", "the ingress '" + ingress.name() + "' stands twice");
        }
        final Path directory = ingress.aeronDirectory().toAbsolutePath();
        final Path otherDirectory = other.aeronDirectory().toAbsolutePath();
        if (directory.startsWith(otherDirectory) || otherDirectory.startsWith(directory))
        {
            throw mapping.error("aeron-directory", "'" + ingress.name() + "' and '" + other.name() +
                "' have one directory, or one inside the other; expected one apart for each ingress");
        }
        if (ingress.isUdp() && other.isUdp() && ingress.endpoint().toString().equals(other.endpoint().toString()))
        {
            throw mapping.error("endpoint", "the endpoint " + ingress.endpoint() + " stands twice");
        }
    }
}
