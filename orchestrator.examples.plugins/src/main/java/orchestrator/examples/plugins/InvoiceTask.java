package orchestrator.examples.plugins;

import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.CancellationException;
import orchestrator.api.Task;
import orchestrator.api.TaskContext;
import orchestrator.api.TaskName;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.metatype.annotations.Designate;

/** Adds up an invoice. Thread safe: each attempt uses the configuration that it began with. */
@Component(service = Task.class, configurationPid = "orchestrator.examples.plugins")
@Designate(ocd = InvoiceConfig.class)
@TaskName("examples.invoice")
public class InvoiceTask implements Task {
    /** What a step hands in. */
    public record Input(String customer, List<Long> cents) {}

    /** What later steps see. */
    public record Invoice(String number, String customer, String date, long cents) {}

    private final Clock clock;
    private volatile InvoiceConfig config;

    @Activate
    public InvoiceTask(@Reference Clock clock, InvoiceConfig config) {
        this.clock = clock;
        this.config = config;
    }

    @Modified
    void modified(InvoiceConfig changed) {
        config = changed;
    }

    @Override
    public Object execute(TaskContext context) {
        int tax = config.tax_percent();
        Input input = context.input(Input.class);
        long sum = 0;
        int done = 0;
        for (long item : input.cents()) {
            if (context.isCancelled()) {
                throw new CancellationException("Cancelled after " + done + " items");
            }
            sum += item;
            done++;
            context.progress((double) done / input.cents().size(), done + " items");
        }
        // The same in every attempt: who gets the invoice twice sees that it is one.
        String number = context.idempotencyKey();
        String date = LocalDate.now(clock).toString();
        return new Invoice(number, input.customer(), date, sum + sum * tax / 100);
    }
}
