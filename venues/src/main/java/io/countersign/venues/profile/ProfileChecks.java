package io.countersign.venues.profile;

import io.countersign.venues.Binding;
import io.countersign.venues.KeyAlgorithm;
import io.countersign.venues.KeyRule;
import io.countersign.venues.Operation;
import io.countersign.venues.SignatureEncoding;

import java.util.EnumSet;
import java.util.Set;

/**
 * Finds what in a profile does not go together, before anything is signed by it.
 */
final class ProfileChecks
{
    private final ProfileProblems problems = new ProfileProblems();
    private final Profile profile;
    private final Set<Operation> operations = EnumSet.noneOf(Operation.class);

    ProfileChecks(final Profile profile)
    {
        this.profile = profile;
    }

    void check() throws ProfileException
    {
        profile.operations().forEach((operation) -> operations.add(operation.operation()));
        profile.keys().forEach(this::key);
        profile.operations().forEach(this::operation);
        problems.throwAny();
    }

    private void key(final KeyRule rule)
    {
        final KeyAlgorithm algorithm = rule.algorithm();
        final boolean isEcdsa = KeyAlgorithm.ECDSA_P256 == algorithm || KeyAlgorithm.ECDSA_SECP256K1 == algorithm;
        problems.addIf(SignatureEncoding.RAW == rule.signature(), profile.at(), "signatures of " +
            algorithm.configName() + " are 'raw', which no text can hold; expected hex, base64, base64url or der");
        problems.addIf(SignatureEncoding.DER == rule.signature() && !isEcdsa, profile.at(), "signatures of " +
            algorithm.configName() + " are 'der'; expected that of ECDSA keys only");
    }

    private void operation(final ProfileOperation operation)
    {
        final Position at = operation.at();
        final String name = operation.operation().configName();
        final boolean isMessage = RequestMethod.MESSAGE == operation.method();
        if (isMessage)
        {
            problems.addIf(!operation.path().isEmpty(), at, name + " is a MESSAGE and has a path; expected none");
            problems.addIf(FieldsIn.QUERY == operation.fieldsIn() || FieldsIn.FORM == operation.fieldsIn(), at, name +
                " is a MESSAGE with fields in a " + operation.fieldsIn().configName() + "; expected json, fix or none");
        }
        else
        {
            problems.addIf(operation.path().isEmpty(), at, name + " has no path");
            problems.addIf(null != operation.message(), at, name + " has a message; expected that of a MESSAGE only");
            problems.addIf(FieldsIn.FIX == operation.fieldsIn(), at, name +
                " has fields in fix; expected method MESSAGE");
            problems.addIf(RequestMethod.GET == operation.method() && null != operation.contentType(), at, name +
                " is a GET with a body; expected fields in the query");
        }
        problems.addIf(FieldsIn.NONE == operation.fieldsIn() && !operation.fields().isEmpty(), at, name +
            " has fields in none; expected query, form, json or fix");
        problems.addIf(operation.sign().isEmpty(), at, name + " signs nothing; expected 'sign' with parts");
        problems.addIf((FieldsIn.FIX == operation.fieldsIn()) == (null == operation.beginString()), at, name +
            ": 'begin-string' goes with fields in fix, and with nothing else");
        problems.addIf(FieldsIn.FIX == operation.fieldsIn() && null != operation.message(), at, name +
            " has a message; a FIX message is its fields");
        for (final Operation equivalent : operation.equivalents())
        {
            problems.addIf(!operations.contains(equivalent) || equivalent == operation.operation(), at, name +
                " has the equivalent " + equivalent.configName() + "; expected another operation of this profile");
        }
        problems.addIf(Operation.TRANSACT == operation.operation(), at, name +
            " needs more than a profile can say; expected that of a scheme in code only");
        session(operation, name);
        choices(operation);
        new FieldChecks(profile, operation, problems).check();
        new PartChecks(profile, operation, problems).check();
        new BindingChecks(operation, problems).check();
    }

    private void session(final ProfileOperation operation, final String name)
    {
        final boolean isLogin = Operation.LOGIN == operation.operation();
        problems.addIf(isLogin != operation.isSession(), operation.at(), isLogin ?
            name + " opens a session; expected 'privileged: session'" :
            name + " is 'privileged: session'; expected that of login only");
        problems.addIf(isLogin != (Binding.E == operation.binding()), operation.at(), isLogin ?
            name + " has binding " + operation.binding() + "; expected E, that of sessions" :
            name + " has binding E; expected that of login only");
    }

    private void choices(final ProfileOperation operation)
    {
        final OrderRulesCompiler rules = new OrderRulesCompiler(profile.receiveWindow());
        rules.compile(operation);
        final int unused = ~rules.used();
        for (final FieldChoice choice : operation.oneOf())
        {
            problems.addIf((OrderRulesCompiler.bits(choice.any()) & unused) != 0, choice.at(),
                "'one-of' names something that no field is from");
        }
        operation.notBoth().forEach((exclusion) -> problems.addIf((OrderRulesCompiler.bits(exclusion) & unused) != 0,
            operation.at(), "'not-both' names something that no field is from"));
    }
}
