package io.countersign.ops.operators;

import io.countersign.client.OperatorKey;
import io.countersign.hsm.OperatorTokenKey;
import io.countersign.hsm.PinFileException;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenException;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.Terminal;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Consumer;

/**
 * The options that say who commands, and with which key the command is signed. A group: who is not named commands
 * nothing.
 */
public final class OperatorOptions
{
    @Option(names = "--operator", required = true, paramLabel = "NAME", description =
        "Who commands: a name under 'operators' of the policy.")
    private String operator;

    @Option(names = "--api-key-file", required = true, paramLabel = "FILE", description =
        "File with the operator's API key, as 'countersign principals issue' printed it; nobody else may read it.")
    private Path apiKeyFile;

    @Option(names = "--operator-key", paramLabel = "FILE", description =
        "The key that signs the command, as 'countersign operators new-key' made it. Without it, or one in a token, " +
            "the command goes unsigned, which a gateway takes as long as no operator is enrolled.")
    private Path keyFile;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description =
        "The passphrase of --operator-key, in place of asking; nobody else may read the file.")
    private Path passphraseFile;

    @Option(names = "--operator-key-module", paramLabel = "FILE", description =
        "The PKCS#11 library of the token that has the operator's key, in place of --operator-key.")
    private Path keyModule;

    @Option(names = "--operator-key-token", paramLabel = "LABEL", description = "Label of that token.")
    private String keyToken;

    @Option(names = "--operator-key-id", paramLabel = "HEX", description = "CKA_ID of the key there.")
    private String keyId;

    @Option(names = "--operator-key-pin-file", paramLabel = "FILE", description =
        "The user's PIN of that token; nobody else may read the file.")
    private Path keyPinFile;

    @Option(names = "--totp", paramLabel = "CODE", description =
        "One-time code of the authenticator app, in place of asking. Each is good for one command: once for each. " +
            "Lists need none.")
    private List<String> codes = new ArrayList<>();

    @Option(names = "--totp-file", paramLabel = "FILE", description =
        "File with the otpauth:// link or its secret, for automation: on that machine the one-time code is then no " +
            "second factor any more. Nobody else may read the file.")
    private Path totpFile;

    @Option(names = "--timeout", paramLabel = "SECONDS", description =
        "How long the command is good for, and its answer awaited (default 10).")
    private int timeoutS = 10;

    /**
     * For picocli.
     */
    public OperatorOptions()
    {
    }

    String operator()
    {
        return operator;
    }

    Path apiKeyFile()
    {
        return apiKeyFile;
    }

    int timeoutS()
    {
        if (timeoutS < 1)
        {
            throw new CommandException("--timeout is " + timeoutS + "; expected seconds, 1 or more");
        }
        return timeoutS;
    }

    /** Whether commands are to be signed. */
    boolean isSigned()
    {
        return null != keyFile || isInToken();
    }

    /** The key, to be closed; null where none is given. */
    OperatorKey openKey(final Terminal terminal)
    {
        if (null != keyFile && isInToken())
        {
            throw new CommandException("--operator-key and --operator-key-module are two keys: give one of them");
        }
        if (null == keyFile && null != passphraseFile)
        {
            throw new CommandException("--passphrase-file is for --operator-key, which is not given");
        }
        if (!isSigned())
        {
            if (!codes.isEmpty() || null != totpFile)
            {
                throw new CommandException("a one-time code goes with signed commands only: give --operator-key FILE");
            }
            return null;
        }
        return null == keyFile ? openInToken() : openFile(terminal);
    }

    OneTimeCodes codes(final Terminal terminal, final Consumer<String> say)
    {
        if (!codes.isEmpty() && null != totpFile)
        {
            throw new CommandException("--totp and --totp-file are both given: give one of them");
        }
        return new OneTimeCodes(operator, codes, null == totpFile ? null : TotpSecret.read(totpFile), terminal,
            say, System::currentTimeMillis);
    }

    private boolean isInToken()
    {
        return null != keyModule || null != keyToken || null != keyId || null != keyPinFile;
    }

    private OperatorKey openFile(final Terminal terminal)
    {
        final OperatorKeyFile.Content content = OperatorKeyFile.read(keyFile);
        final char[] passphrase = Passphrase.read(passphraseFile, keyFile.toString(), terminal);
        try
        {
            return content.open(passphrase);
        }
        finally
        {
            Arrays.fill(passphrase, '\0');
        }
    }

    private OperatorKey openInToken()
    {
        if (null == keyModule || null == keyToken || null == keyId || null == keyPinFile)
        {
            throw new CommandException("a key in a token needs all of --operator-key-module, --operator-key-token, " +
                "--operator-key-id and --operator-key-pin-file");
        }
        try
        {
            return new TokenOperatorKey(OperatorTokenKey.open(
                keyModule, keyToken, null, PinSource.file(keyPinFile), HexFormat.of().parseHex(keyId)));
        }
        catch (final IllegalArgumentException ex)
        {
            throw new CommandException(
                "--operator-key-id '" + keyId + "' is not hexadecimal; expected an even number of digits, like 01");
        }
        catch (final TokenException ex)
        {
            throw new CommandException(
                ex.getMessage(), ex instanceof PinFileException ? ExitCode.USAGE : ExitCode.TOKEN);
        }
    }
}
