package io.countersign.ops.keys;

import io.countersign.gateway.seal.NoteException;
import io.countersign.gateway.seal.NoteKey;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.PinFileException;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenException;
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
import java.util.List;
import java.util.concurrent.Callable;

/**
 * {@code countersign init}.
 */
@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = VersionProvider.class,
    description = {
        "Sets up a gateway that keeps its keys and operators in a register.",
        "Makes, in a token that has none of them, the master key that API keys and one-time codes are derived with " +
            "(id c0), the register key (id c1) and the audit key (id c2); the register with the first operators, all " +
            "security officers; and a configuration and a policy to start with. All of it or nothing: what fails is " +
            "taken back. It never runs twice: what is there already is named and stays."
    },
    footerHeading = "%nExample:%n",
    footer = {
        "  countersign operators new-key --out olga.pem > olga.pub",
        "  countersign operators new-key --out otto.pem > otto.pub",
        "  countersign init --module /usr/lib/softhsm/libsofthsm2.so --token trading --pin-file pin \\",
        "    --operator olga=olga.pub --operator otto=otto.pub --directory /etc/countersign",
        "",
        "Exit codes: 0 done, 2 wrong usage or files, or there is something already, 3 the token refused."
    })
public final class InitCommand implements Callable<Integer>
{
    @Spec
    private CommandSpec spec;

    @Option(names = "--module", required = true, paramLabel = "FILE", description = "The PKCS#11 library.")
    private Path module;

    @Option(names = "--token", required = true, paramLabel = "LABEL", description =
        "Label of the token, which 'countersign token init' gave it.")
    private String token;

    @ArgGroup(multiplicity = "1")
    private PinOptions pin;

    @Option(names = "--operator", required = true, paramLabel = "NAME=FILE", description =
        "A first operator, twice or more: name, and file with the public key that 'countersign operators new-key' " +
            "printed; or NAME:BASE64 with the key itself. Each becomes a security officer.")
    private List<String> operators;

    @Option(names = "--directory", required = true, paramLabel = "DIR", description =
        "Gets gateway.yaml and policy.yaml; made where it is missing. Neither file may be there.")
    private Path directory;

    @Option(names = "--register", paramLabel = "FILE", description =
        "The new register (default: register.jsonl in --directory).")
    private Path register;

    @Option(names = "--origin", paramLabel = "NAME", description =
        "Name of the journal in its checkpoints, without spaces and plus signs, like example.com/gateway-1; nobody " +
            "else's journal should have it (default: countersign/ and the token's label).")
    private String origin;

    @Option(names = "--discard-unfinished", description =
        "First take back what an init made that was cut short, as the file NAME-OF-REGISTER.init tells. Refused when " +
            "that init runs, or when a gateway has used the register.")
    private boolean isDiscarding;

    /**
     * For picocli.
     */
    public InitCommand()
    {
    }

    /**
     * Sets up the gateway.
     *
     * @return exit code.
     */
    @Override
    public Integer call()
    {
        final List<FirstOperator> officers = FirstOperator.parse(operators);
        final InitFiles files = new InitFiles(directory, register);
        final PinSource source = pin.source();
        try
        {
            source.claim();
            if (null != source.warning())
            {
                say("warning: " + source.warning());
            }
            final Initialisation initialisation =
                new Initialisation(new Initialisation.Place(module, token, source), files, this::say);
            if (isDiscarding)
            {
                initialisation.discardUnfinished();
            }
            report(files, officers, initialisation.run(
                officers, (keys) -> files.configuration(
                    module, token, pin.field(), pin.value(), originOrDefault(), keys)));
            return ExitCode.OK;
        }
        catch (final TokenException ex)
        {
            throw new CommandException(
                ex.getMessage(), ex instanceof PinFileException ? ExitCode.USAGE : ExitCode.TOKEN);
        }
    }

    private void report(final InitFiles files, final List<FirstOperator> officers, final InitKeys keys)
    {
        final PrintWriter out = spec.commandLine().getOut();
        keys.all().forEach((key) -> out.println("key " + key.what() + ", id " + key.idText() + ", " +
            key.spec().algorithm().configName() + ", in token " + token));
        out.println("audit key: " + verifierKey(keys));
        out.println("register " + files.register() + ", sealed; operators: " +
            String.join(", ", officers.stream().map((officer) -> officer.name() + " (security-officer)").toList()));
        out.println("configuration " + files.config() + ", policy " + files.policy());
        out.println();
        out.println("next, for each operator, here " + officers.getFirst().name() + ":");
        final String as = " --config " + files.config();
        final String name = officers.getFirst().name();
        out.println("  (umask 077; countersign principals issue" + as + " --principal " + name +
            " --version 1 > " + name + ".key)");
        out.println("  countersign operators totp" + as + " --operator " + name + " | qrencode -t ansiutf8");
        out.println("name each key under 'keys' of the configuration (alias, algorithm, venue), then:");
        out.println("  countersign-gateway " + files.config());
        out.flush();
    }

    /** As others take it that verify checkpoints. */
    private String verifierKey(final InitKeys keys)
    {
        final KeySpec key = keys.of(InitKeys.Use.AUDIT);
        try
        {
            return NoteKey.of(originOrDefault(), key.algorithm(), key.pinned()).format();
        }
        catch (final NoteException ex)
        {
            throw new IllegalStateException("the configuration was read with it", ex);
        }
    }

    private String originOrDefault()
    {
        return null == origin ? "countersign/" + token.replaceAll("[^A-Za-z0-9._-]", "-") : origin;
    }

    private void say(final String line)
    {
        spec.commandLine().getErr().println("countersign: " + line);
        spec.commandLine().getErr().flush();
    }
}
