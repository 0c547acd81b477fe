package io.countersign.ops.keys;

import io.countersign.hsm.PinFileException;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * {@code countersign keys import}.
 */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Imports a key that a venue gave, and has the token prove that it signs with it.",
        "Prints the lines for the gateway's configuration. The secret comes from a file or from standard input, " +
            "never from an argument; delete the file afterwards."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign keys import --module /usr/lib/softhsm/libsofthsm2.so --token trading \\",
        "    --pin-file /etc/countersign/pin --alias binance-1 --id 01 --algorithm HMAC-SHA256 \\",
        "    --secret-file secret",
        "  base64 -d key.b64 | countersign keys import ... --id 02 --algorithm Ed25519",
        "  head -c 32 /dev/urandom | base64 | countersign keys import ... --secret-encoding base64",
        "",
        "Exit codes: 0 imported and proven, 2 wrong usage or file, 3 the token refused."
    })
public final class KeysImportCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--module", required = true, paramLabel = "FILE", description = "The PKCS#11 library.")
    private Path module;

    @Option(names = "--token", required = true, paramLabel = "LABEL", description = "Label of the token.")
    private String token;

    @Option(names = "--serial", paramLabel = "SERIAL", description =
        "Serial of the token, where two have the same label.")
    private String serial;

    @Option(names = "--pin-file", required = true, paramLabel = "FILE", description =
        "The user's PIN; only its owner may read the file.")
    private Path pinFile;

    @Option(names = "--alias", required = true, paramLabel = "ALIAS", description =
        "What bots and policies call the key.")
    private String alias;

    @Option(names = "--key-version", paramLabel = "N", defaultValue = "1", description =
        "Version of the key under that alias (default ${DEFAULT-VALUE}).")
    private int version;

    @Option(names = "--id", required = true, paramLabel = "HEX", description = "CKA_ID that the key gets.")
    private String id;

    @Option(names = "--algorithm", required = true, paramLabel = "NAME", description =
        "HMAC-SHA256, HMAC-SHA384, HMAC-SHA512, Ed25519, ECDSA-P256-SHA256, ECDSA-secp256k1-SHA256, " +
            "ECDSA-secp256k1-Keccak256 or RSA-2048-PKCS1-SHA256.")
    private String algorithm;

    @Option(names = "--venue", paramLabel = "NAME", description =
        "The venue that knows the key, for the printed configuration: for example binance-spot.")
    private String venue;

    @Option(names = "--api-key", paramLabel = "TEXT", description =
        "The venue's public id of the key, for the printed configuration.")
    private String apiKey;

    @ArgGroup
    private SecretSource source = new SecretSource();

    @Option(names = "--secret-encoding", paramLabel = "ENCODING", defaultValue = "text", description =
        "How an HMAC secret is written: text (its characters are the secret), hex or base64, which random bytes " +
            "need (default ${DEFAULT-VALUE}).")
    private SecretInput.Encoding encoding;

    /**
     * For picocli.
     */
    public KeysImportCommand()
    {
    }

    /**
     * Imports the key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final SigningAlgorithm signing = signingAlgorithm();
        final byte[] keyId = keyId();
        if (signing.isMac() ? null != source.pkcs8File : null != source.secretFile)
        {
            throw new CommandException(signing.configName() + " wants " +
                (signing.isMac() ? "--secret-file" : "--pkcs8-file") + " (or standard input)");
        }

        final byte[] secret = signing.isMac() ?
            SecretInput.secret(source.secretFile, encoding) : SecretInput.privateKey(source.pkcs8File);
        try (TokenProvisioner provisioner = TokenProvisioner.open(module, token, serial, pinFile))
        {
            final byte[] pinned = signing.isMac() ?
                provisioner.importSecret(keyId, alias, signing, secret) :
                provisioner.importPrivateKey(keyId, alias, signing, secret);
            print(signing, pinned);
            return ExitCode.OK;
        }
        catch (final PinFileException ex)
        {
            throw new CommandException(ex.getMessage());
        }
        catch (final TokenException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.TOKEN);
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private void print(final SigningAlgorithm signing, final byte[] pinned)
    {
        final PrintWriter out = spec.commandLine().getOut();
        out.println("  - alias: " + alias);
        out.println("    version: " + version);
        out.println("    id: \"" + id.toLowerCase(Locale.ROOT) + "\"");
        out.println("    algorithm: " + signing.configName());
        out.println(signing.isMac() ?
            "    check-value: \"" + HexFormat.of().formatHex(pinned) + "\"" :
            "    public-key: \"" + Base64.getEncoder().encodeToString(pinned) + "\"");
        out.println(null == venue ? "    # venue: still to be named, for example binance-spot" : "    venue: " + venue);
        out.println(
            null == apiKey ? "    # api-key: still to be named, the venue's public id" : "    api-key: " + apiKey);
        out.flush();
    }

    private SigningAlgorithm signingAlgorithm()
    {
        final SigningAlgorithm signing = SigningAlgorithm.ofConfigName(algorithm);
        if (null == signing)
        {
            throw new CommandException("'" + algorithm + "' is no algorithm; expected one of " +
                Arrays.stream(SigningAlgorithm.values()).map(SigningAlgorithm::configName)
                    .collect(Collectors.joining(", ")));
        }

        return signing;
    }

    private byte[] keyId()
    {
        try
        {
            return HexFormat.of().parseHex(id);
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(
                "--id '" + id + "' is not hexadecimal; expected an even number of digits, like 01");
        }
    }

    /** Where the secret comes from; standard input when neither is given. */
    private static final class SecretSource
    {
        @Option(names = "--secret-file", paramLabel = "FILE", description =
            "An HMAC secret; one line end after it is not part of it.")
        private Path secretFile;

        @Option(names = "--pkcs8-file", paramLabel = "FILE", description =
            "A private key without passphrase: PKCS#8 as DER, or as base64 text.")
        private Path pkcs8File;
    }
}
