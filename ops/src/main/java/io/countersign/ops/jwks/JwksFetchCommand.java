package io.countersign.ops.jwks;

import io.countersign.gateway.access.JwkSet;
import io.countersign.gateway.access.JwksException;
import io.countersign.gateway.config.FileErrors;
import io.countersign.ops.CommandException;
import io.countersign.ops.ExitCode;
import io.countersign.ops.VersionProvider;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.util.concurrent.Callable;

/**
 * {@code countersign jwks fetch}.
 */
@Command(
    name = "fetch",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Fetches a JWKS once and puts it in a file.",
        "The file is replaced only by a sound JWKS of public keys. It may hold none that can be used, and then every " +
            "access token is refused."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign jwks fetch --url https://idp.example/jwks --file jwks.json",
        "",
        "Exit codes: 0 the file is up to date, 1 no sound JWKS was got, 2 wrong usage or files."
    })
public final class JwksFetchCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Mixin
    private JwksSource source;

    /**
     * For picocli.
     */
    public JwksFetchCommand()
    {
    }

    /**
     * Fetches the JWKS.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final KeptJwks kept = source.kept();
        try (JwksDownload download = source.download())
        {
            final JwkSet keys = kept.replace(download.name(), download.fetch().body());
            spec.commandLine().getOut().println(null == keys ?
                kept.file() + " is up to date" : kept.text(keys));
            return ExitCode.OK;
        }
        catch (final JwksException ex)
        {
            throw new CommandException(ex.getMessage(), ExitCode.WRONG);
        }
        catch (final IOException ex)
        {
            throw new CommandException(kept.file() + " cannot be written: " + FileErrors.reason(ex));
        }
        catch (final InterruptedException ex)
        {
            Thread.currentThread().interrupt();
            throw new CommandException("interrupted");
        }
    }
}
