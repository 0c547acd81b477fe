package io.countersign.ops.keys;

import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import io.countersign.ops.operators.OperatorCommands;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;

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
            "never from an argument; delete the file afterwards.",
        "With --operator the key is put into the token as without, and then told to the running gateway, which has " +
            "it prove itself: it is in its register then, pre-active."
    },
    footerHeading = "%nExamples:%n",
    footer = {
        "  countersign keys import --module /usr/lib/softhsm/libsofthsm2.so --token trading \\",
        "    --pin-file /etc/countersign/pin --alias binance-1 --id 01 --algorithm HMAC-SHA256 \\",
        "    --secret-file secret",
        "  base64 -d key.b64 | countersign keys import ... --id 02 --algorithm Ed25519",
        "  countersign keys import ... --id 03 --algorithm ECDSA-secp256k1-Keccak256 \\",
        "    --key-encoding hex --pkcs8-file -",
        "  countersign keys import ... --id 04 --algorithm HMAC-SHA256 --secret-file secret \\",
        "    --config gateway.yaml --operator anna --api-key-file anna.key --operator-key anna.pem",
        "",
        "Exit codes: 0 imported and proven, 1 the gateway refused or did not answer, 2 wrong usage or file, " +
            "3 the token refused."
    })
public final class KeysImportCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private TokenAccess access;

    @Mixin
    private NewKey key;

    @Mixin
    private RegisterAccess register;

    @Mixin
    private RegisteredKey registered;

    @ArgGroup
    private SecretSource source = new SecretSource();

    @Option(names = "--secret-encoding", paramLabel = "ENCODING", defaultValue = "text", description =
        "How an HMAC secret is written: text (its characters are the secret), hex or base64, which random bytes " +
            "need (default ${DEFAULT-VALUE}).")
    private SecretInput.Encoding encoding;

    @Option(names = "--key-encoding", paramLabel = "ENCODING", defaultValue = "pkcs8", description =
        "How a private key is written: pkcs8, or hex for the 64 digits of an ECDSA key's number, which wallets " +
            "export, with or without 0x (default ${DEFAULT-VALUE}).")
    private SecretInput.KeyEncoding keyEncoding;

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
        final SigningAlgorithm signing = key.signingAlgorithm();
        final byte[] keyId = key.keyId();
        if (signing.isMac() ? null != source.pkcs8File : null != source.secretFile)
        {
            throw new CommandException(signing.configName() + " wants " +
                (signing.isMac() ? "--secret-file" : "--pkcs8-file") + " (or standard input)");
        }

        if (register.isGateway())
        {
            return importAndRegister(signing, keyId);
        }
        if (registered.isGiven())
        {
            throw new CommandException("--recoverable and --high-value go with --operator, which is not given");
        }
        key.print(spec.commandLine().getOut(), access.nameInKeys(), importKey(signing, keyId));
        return ExitCode.OK;
    }

    private int importAndRegister(final SigningAlgorithm signing, final byte[] keyId)
    {
        // What the command would be refused for anyway is found before the token is changed.
        key.registration(access.nameInKeys(), new byte[0], registered, register.comment());
        try (OperatorCommands commands = register.open(access.configFile()))
        {
            commands.checkGateway();
            final byte[] pinned = importKey(signing, keyId);
            boolean isRegistered = false;
            try
            {
                commands.run(
                    key.registration(access.nameInKeys(), pinned, registered, register.comment()), "registered");
                isRegistered = true;
                return ExitCode.OK;
            }
            finally
            {
                if (!isRegistered)
                {
                    spec.commandLine().getErr().println("countersign: the key is in the token, but in no register: " +
                        "give 'countersign keys register' with what follows");
                    spec.commandLine().getErr().flush();
                    key.print(spec.commandLine().getOut(), access.nameInKeys(), pinned);
                }
            }
        }
    }

    private byte[] importKey(final SigningAlgorithm signing, final byte[] keyId)
    {
        final byte[] secret = secret(signing);
        try (TokenProvisioner provisioner = access.provisioner())
        {
            return signing.isMac() ?
                provisioner.importSecret(keyId, key.alias(), signing, secret, registered.isRecoverable()) :
                provisioner.importPrivateKey(keyId, key.alias(), signing, secret, registered.isRecoverable());
        }
        catch (final TokenException ex)
        {
            throw TokenAccess.refusal(ex);
        }
        finally
        {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] secret(final SigningAlgorithm signing)
    {
        if (signing.isMac())
        {
            return SecretInput.secret(source.secretFile, encoding);
        }
        return SecretInput.KeyEncoding.hex == keyEncoding ?
            SecretInput.scalar(source.pkcs8File, signing) : SecretInput.privateKey(source.pkcs8File);
    }

    /** Where the secret comes from; standard input when neither is given. */
    private static final class SecretSource
    {
        @Option(names = "--secret-file", paramLabel = "FILE", description =
            "An HMAC secret, - for standard input; one line end after it is not part of it.")
        private Path secretFile;

        @Option(names = "--pkcs8-file", paramLabel = "FILE", description =
            "A private key without passphrase, - for standard input: PKCS#8 as DER, or as base64 text.")
        private Path pkcs8File;
    }
}
