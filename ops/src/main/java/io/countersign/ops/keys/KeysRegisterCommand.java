package io.countersign.ops.keys;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.ops.CommandException;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorConnection;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.Callable;

/**
 * {@code countersign keys register}.
 */
@Command(
    name = "register",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Tells a running gateway of a key that is in its token already.",
        "'keys import --operator' does it for the key that it imports; this is for one whose registration was " +
            "refused then, or that was made without a gateway. The gateway has the key prove itself."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign keys register --alias okx-main --id 03 --algorithm HMAC-SHA256 \\",
        "    --check-value 852e02c48d76cc839770da434aa19253 --venue okx-v5 --api-key PUBLIC-ID \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 done, 1 the gateway refused or did not answer, 2 wrong usage, configuration or files, " +
            "3 a token refused."
    })
public final class KeysRegisterCommand implements Callable<Integer>
{
    @Mixin
    private OperatorConnection connection;

    @Mixin
    private NewKey key;

    @Mixin
    private RegisteredKey registered;

    @Option(names = "--token", paramLabel = "NAME", description =
        "Name of the token in the gateway's configuration, where that has several.")
    private String token;

    @Option(names = "--comment", paramLabel = "TEXT", description = "Why, for the journal.")
    private String comment;

    @ArgGroup(multiplicity = "1")
    private Pinned pinned;

    /**
     * For picocli.
     */
    public KeysRegisterCommand()
    {
    }

    /**
     * Gives the command.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final byte[] bytes = pinned.bytes(key.signingAlgorithm());
        try
        {
            new KeySpec(key.alias(), key.version(), key.keyId(), key.signingAlgorithm(), bytes);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(ex.getMessage());
        }
        return connection.run(key.registration(token, bytes, registered, comment), "registered");
    }

    /** What the key must prove itself against. */
    private static final class Pinned
    {
        @Option(names = "--public-key", paramLabel = "BASE64", description =
            "Of a private key: its public key, SubjectPublicKeyInfo as 'keys show' prints it.")
        private String publicKey;

        @Option(names = "--check-value", paramLabel = "HEX", description = "Of a secret: as 'keys show' prints it.")
        private String checkValue;

        private byte[] bytes(final SigningAlgorithm algorithm)
        {
            if (algorithm.isMac() == (null == checkValue))
            {
                throw new CommandException(algorithm.configName() + " wants " +
                    (algorithm.isMac() ? "--check-value" : "--public-key"));
            }
            try
            {
                return null == checkValue ?
                    Base64.getDecoder().decode(publicKey) : HexFormat.of().parseHex(checkValue);
            }
            catch (final IllegalArgumentException ex)
            {
                throw new CommandException(null == checkValue ?
                    "--public-key is not base64" : "--check-value is not hexadecimal");
            }
        }
    }
}
