package io.countersign.ops.keys;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.keys.OpenRegister;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.TokenAnchor;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.CommandException;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Makes the keys, the register and the files of a gateway, or nothing. A mark beside the register says meanwhile that
 * it is not finished: what a process leaves that ended in between is told by it, and can be taken back.
 */
final class Initialisation
{
    private final Place place;
    private final InitFiles files;
    private final Consumer<String> say;

    /**
     * For one token and one directory.
     *
     * @param place where the keys are to be.
     * @param files to make.
     * @param say   tells people what is taken back.
     */
    Initialisation(final Place place, final InitFiles files, final Consumer<String> say)
    {
        this.place = place;
        this.files = files;
        this.say = say;
    }

    /** A token and its PIN. */
    record Place(Path module, String label, PinSource pin)
    {
        private TokenProvisioner provisioner() throws TokenException
        {
            return TokenProvisioner.open(module, label, null, pin);
        }
    }

    /**
     * Makes everything.
     *
     * @param officers      first operators.
     * @param configuration text of the configuration for keys.
     * @return the keys.
     * @throws TokenException when the token refuses; nothing of it is there then, unless that is told.
     */
    InitKeys run(final List<FirstOperator> officers, final Function<InitKeys, String> configuration)
        throws TokenException
    {
        files.requireNone();
        try (TokenProvisioner provisioner = place.provisioner())
        {
            InitKeys.requireNone(provisioner, place.label);
            files.begin(place.label);
            boolean isMade = false;
            try
            {
                final InitKeys keys = InitKeys.make(provisioner);
                final GatewayConfig config = create(officers, configuration.apply(keys));
                createRegister(config, officers);
                isMade = true;
                files.finish();
                return keys;
            }
            catch (final ConfigException | RegisterException ex)
            {
                throw new CommandException(ex.getMessage());
            }
            finally
            {
                if (!isMade)
                {
                    takeBack(provisioner);
                }
            }
        }
    }

    /**
     * Takes back what an init made that was cut short.
     *
     * @throws TokenException when the token refuses.
     */
    void discardUnfinished() throws TokenException
    {
        files.requireUnfinished(place.label);
        try (TokenProvisioner provisioner = place.provisioner())
        {
            final TokenAnchor.Entry anchor = provisioner.anchor().read();
            if (null != anchor && 1 < anchor.generation())
            {
                throw new CommandException("a gateway has used the register (generation " + anchor.generation() +
                    "), so that nothing is taken back: the init was as good as done; remove " + files.unfinished());
            }
            discard(provisioner);
        }
    }

    private GatewayConfig create(final List<FirstOperator> officers, final String text) throws ConfigException
    {
        // Looked at before anything is made that would be taken back: the same texts as the gateway is going to read.
        final GatewayConfig config = ConfigReader.of(files.config(), text);
        final String policy = InitFiles.policyText(officers);
        PolicyReader.of(files.policy(), policy, config);
        files.create(text, policy);
        return config;
    }

    private void createRegister(final GatewayConfig config, final List<FirstOperator> officers)
        throws TokenException, RegisterException
    {
        final long utcMs = System.currentTimeMillis();
        Register first = Register.EMPTY;
        for (final FirstOperator officer : officers)
        {
            first = first.withOperator(officer.entry(utcMs));
        }
        try (TokenConnector connector = new TokenConnector(new TokenConnector.Context()
            .modulePath(place.module)
            .tokenLabel(place.label)
            .pin(place.pin)
            .registerKey(config.register().key()));
            TokenConnection connection = connector.connect())
        {
            OpenRegister.create(config.register(), connection, first, utcMs);
        }
    }

    private void takeBack(final TokenProvisioner provisioner)
    {
        try
        {
            discard(provisioner);
        }
        catch (final TokenException | CommandException ex)
        {
            say.accept("what was made could not be taken back (" + ex.getMessage() + "): run 'countersign init " +
                "--discard-unfinished' with the same options when the cause is mended");
        }
    }

    /** The mark goes last: as long as it is there, this can be done again. */
    private void discard(final TokenProvisioner provisioner) throws TokenException
    {
        final boolean wasAny = InitKeys.discard(provisioner);
        provisioner.anchor().discard();
        files.discard();
        files.finish();
        say.accept("taken back: " + (wasAny ? "the keys that were made in token " + place.label + ", " : "") +
            "the files that were made in " + files.config().getParent());
    }
}
