package io.countersign.ops.venues;

import io.countersign.gateway.config.ProfileReader;
import io.countersign.gateway.config.VenueProfiles;
import io.countersign.venues.Venue;
import io.countersign.venues.profile.ProfileCompiler;
import io.countersign.venues.profile.ProfileDescribed;
import io.countersign.venues.profile.ProfileException;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The vectors that come with the sources, and what was written down about them. */
final class VectorFiles
{
    static final List<String> FILES = List.of("venue-vectors.json", "venue-vectors-derived.json");

    private VectorFiles()
    {
    }

    static List<Vector> all()
    {
        final List<Vector> vectors = new ArrayList<>();
        FILES.forEach((file) -> vectors.addAll(Vector.read(resource(file))));
        return vectors;
    }

    /** The vectors with the typed order, the key and the operation that venue-vector-orders.json states. */
    static List<Map.Entry<String, Vector>> withOrders()
    {
        final Map<String, Vector> byId = new LinkedHashMap<>();
        all().forEach((vector) -> byId.put(vector.id(), vector));
        return Vector.read(resource("venue-vector-orders.json")).stream().map((given) ->
        {
            final Map<String, Object> fields = new LinkedHashMap<>(byId.get(given.text("vector")).fields());
            for (final String name : List.of("operation", "order", "nonce", "passphrase", "parameters"))
            {
                if (given.fields().containsKey(name))
                {
                    fields.put(name, given.fields().get(name));
                }
            }
            fields.put("api_key", given.text("api-key"));
            return Map.entry(given.text("profile"), new Vector(fields));
        }).toList();
    }

    static ProfileDescribed venue(final String name) throws ProfileException
    {
        final Venue shipped = VenueProfiles.shipped().byName(name);
        final String file = "examples/" + name + ".yaml";
        return (ProfileDescribed) (null != shipped ? shipped :
            ProfileCompiler.compile(ProfileReader.of(Path.of(file), resource(file))));
    }

    static String resource(final String name)
    {
        try (InputStream in = VectorFiles.class.getResourceAsStream("/io/countersign/venues/" + name))
        {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        catch (final IOException ex)
        {
            throw new UncheckedIOException(ex);
        }
    }
}
