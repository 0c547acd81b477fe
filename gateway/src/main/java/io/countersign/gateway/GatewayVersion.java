package io.countersign.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this build.
 */
public final class GatewayVersion
{
    /** As in the project's POM. */
    public static final String VERSION = read();

    private GatewayVersion()
    {
    }

    private static String read()
    {
        final Properties properties = new Properties();
        try (InputStream in = GatewayVersion.class.getResourceAsStream("version.properties"))
        {
            properties.load(in);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
        return properties.getProperty("version");
    }
}
