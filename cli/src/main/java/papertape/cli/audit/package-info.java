/** Proves from journals and database that nothing was lost, nothing counted twice, and all money is accounted for. */
@NullMarked
package papertape.cli.audit;

import org.jspecify.annotations.NullMarked;
