package io.countersign.ops.keys;

import io.countersign.hsm.PinFileException;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * {@code countersign token init}.
 */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Initialises a token that nobody has initialised yet.",
        "Gives it a label, a security officer and a user. A token that is in use is never touched."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign token init --module /usr/lib/softhsm/libsofthsm2.so --label trading \\",
        "    --pin-file /etc/countersign/pin --so-pin-file /etc/countersign/so-pin",
        "",
        "Exit codes: 0 done, 2 wrong usage or PIN file, 3 the token refused."
    })
public final class TokenInitCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--module", required = true, paramLabel = "FILE", description = "The PKCS#11 library.")
    private Path module;

    @Option(names = "--label", required = true, paramLabel = "LABEL", description = "Label that the token gets.")
    private String label;

    @Option(names = "--pin-file", required = true, paramLabel = "FILE", description =
        "The PIN that the user gets; only its owner may read the file.")
    private Path pinFile;

    @Option(names = "--so-pin-file", required = true, paramLabel = "FILE", description =
        "The PIN that the security officer gets; only its owner may read the file.")
    private Path securityOfficerPinFile;

    /**
     * For picocli.
     */
    public TokenInitCommand()
    {
    }

    /**
     * Initialises the token.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        try
        {
            final String serial = TokenProvisioner.initialiseToken(
                module, label, PinSource.file(securityOfficerPinFile), PinSource.file(pinFile));
            spec.commandLine().getOut().println("token " + label + " is initialised; serial " + serial);
            spec.commandLine().getOut().flush();
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
    }
}
