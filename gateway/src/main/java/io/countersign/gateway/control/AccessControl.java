package io.countersign.gateway.control;

import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.control.AccessTokenProxy.Presentation;

/**
 * What the gateway agent does with access tokens that were checked. Called by the gateway thread only.
 */
public interface AccessControl
{
    /**
     * Give a session the scopes of its access token, or tell its bot that it was refused.
     *
     * @param presentation which frame of which session brought it; the session may be over.
     * @param decision     grant or refusal.
     */
    void onAccessDecided(Presentation presentation, AccessDecision decision);
}
