package orchestrator.examples.plugins;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** What can be configured of invoices. */
@ObjectClassDefinition(name = "Orchestrator Examples: Plugins")
public @interface InvoiceConfig {
    /** Added to the sum of an invoice, in percent. */
    @AttributeDefinition(name = "Tax, in percent", min = "0", max = "100")
    int tax_percent() default 20;
}
