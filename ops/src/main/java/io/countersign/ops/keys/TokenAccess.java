package io.countersign.ops.keys;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.TokenConfig;
import io.countersign.hsm.PinFileException;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenInventory;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.audit.EscapedText;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;

/**
 * The options that say which token, and where its PIN comes from: those of the configuration, or their own.
 */
final class TokenAccess
{
    private static final String EXPECTED = "give --config FILE, with --token NAME where that has several tokens, or " +
        "--module FILE, --token LABEL and one of --pin-file, --pin-credential, --pin-mount, --pin-env";

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(names = "--config", paramLabel = "FILE", description =
        "The gateway's configuration, which names module, token and PIN.")
    private Path configFile;

    @Option(names = "--module", paramLabel = "FILE", description = "The PKCS#11 library.")
    private Path module;

    @Option(names = "--token", paramLabel = "LABEL", description =
        "Label of the token; with --config its name there, needed where there are several.")
    private String token;

    @Option(names = "--serial", paramLabel = "SERIAL", description =
        "Serial of the token, where two have the same label.")
    private String serial;

    @ArgGroup
    private PinOptions pin = new PinOptions();

    private GatewayConfig config;

    /**
     * The configuration.
     *
     * @return the configuration that {@code --config} names, or null without that.
     */
    GatewayConfig config()
    {
        try
        {
            if (null == config && null != configFile)
            {
                config = ConfigReader.read(configFile);
            }
            return config;
        }
        catch (final ConfigException ex)
        {
            throw new CommandException(ex.getMessage());
        }
    }

    /**
     * The file of the configuration.
     *
     * @return as given, or null.
     */
    Path configFile()
    {
        return configFile;
    }

    /**
     * The token, for a running gateway.
     *
     * @return its name in the configuration as given, or null.
     */
    String givenToken()
    {
        return token;
    }

    /**
     * The token of the configuration that is meant.
     *
     * @return one of its tokens, or null without {@code --config}.
     */
    TokenConfig configured()
    {
        if (null == config())
        {
            return null;
        }
        final List<TokenConfig> tokens = config().tokens();
        if (null == token && 1 == tokens.size())
        {
            return tokens.getFirst();
        }
        return tokens.stream().filter((one) -> one.name().equals(token)).findFirst().orElseThrow(() ->
            new CommandException(configFile + " has " +
                (null == token ? tokens.size() + " tokens" : "no token '" + EscapedText.of(token) + "'") +
                ": choose by --token one of " +
                String.join(", ", tokens.stream().map(TokenConfig::name).toList())));
    }

    /**
     * What keys of the configuration call the token.
     *
     * @return its name, or null where they need not name it.
     */
    String nameInKeys()
    {
        return null == config() || 1 == config().tokens().size() ? null : configured().name();
    }

    TokenInventory inventory() throws TokenException
    {
        final Place place = place();
        return TokenInventory.open(place.module, place.token, serial, place.pin);
    }

    TokenProvisioner provisioner() throws TokenException
    {
        final Place place = place();
        return TokenProvisioner.open(place.module, place.token, serial, place.pin);
    }

    /**
     * Ends a command that its token refused.
     *
     * @param ex why.
     * @return what to throw.
     */
    static CommandException refusal(final TokenException ex)
    {
        return new CommandException(
            ex.getMessage(), ex instanceof PinFileException ? ExitCode.USAGE : ExitCode.TOKEN);
    }

    private Place place() throws TokenException
    {
        final PinSource given = pin.source();
        if (null != configFile && (null != module || null != given))
        {
            throw new CommandException("--config names module and PIN already: " + EXPECTED);
        }
        if (null == configFile && (null == module || null == token || null == given))
        {
            throw new CommandException("which token? " + EXPECTED);
        }
        final TokenConfig configured = configured();
        final Place place = null == configured ? new Place(module, token, given) :
            new Place(configured.module(), configured.label(), configured.pin());
        place.pin.claim();
        if (null != place.pin.warning())
        {
            spec.commandLine().getErr().println("countersign: warning: " + place.pin.warning());
            spec.commandLine().getErr().flush();
        }
        return place;
    }

    private record Place(Path module, String token, PinSource pin)
    {
    }
}
