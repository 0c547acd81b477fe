package io.countersign.ops.operators;

import io.countersign.ops.ExitCode;
import io.countersign.ops.Terminal;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.concurrent.Callable;

/**
 * {@code countersign operators new-key}.
 */
@Command(
    name = "new-key",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Makes the key that an operator signs commands with, in a new file under a passphrase, and prints its public " +
            "key: hand that to a security officer, who enrolls it.",
        "The file is PEM as 'openssl pkey' reads it (PKCS#8, PBES2 with PBKDF2-HMAC-SHA256 and AES-256-CBC), mode " +
            "0600. There is no way round a forgotten passphrase: make a new key then. Needs no gateway and no token; " +
            "a key in a token of your own is made with 'countersign keys generate'."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators new-key --out anna.pem",
        "",
        "Exit codes: 0 made, 2 wrong usage, passphrase or file."
    })
public final class OperatorsNewKeyCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The new file.")
    private Path file;

    @Option(names = "--passphrase-file", paramLabel = "FILE", description =
        "The passphrase, at least " + Passphrase.MIN_LENGTH + " characters, in place of asking for it twice; nobody " +
            "else may read the file. One line end after it is not part of it.")
    private Path passphraseFile;

    /**
     * For picocli.
     */
    public OperatorsNewKeyCommand()
    {
    }

    /**
     * Makes the key.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        OperatorKeyFile.requireFree(file);
        final char[] passphrase = Passphrase.choose(
            passphraseFile, file.toString(), Terminal.ofProcess(spec.commandLine().getErr()));
        try
        {
            final byte[] publicKey = OperatorKeyFile.create(file, passphrase);
            final PrintWriter out = spec.commandLine().getOut();
            out.println(Base64.getEncoder().encodeToString(publicKey));
            out.flush();
            return ExitCode.OK;
        }
        finally
        {
            Arrays.fill(passphrase, '\0');
        }
    }
}
